/** The beans of each project, whose number depends on the configuration. */
@NullMarked
package org.citustenancy.spring.internal.beans;

import org.jspecify.annotations.NullMarked;
