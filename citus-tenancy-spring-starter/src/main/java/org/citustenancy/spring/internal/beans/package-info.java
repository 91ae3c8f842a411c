/** The beans of each project, which are as many as the configuration says. */
@NullMarked
package org.citustenancy.spring.internal.beans;

import org.jspecify.annotations.NullMarked;
