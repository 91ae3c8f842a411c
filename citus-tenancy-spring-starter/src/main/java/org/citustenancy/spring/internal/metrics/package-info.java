/** The figures of the projects as meters. Needs Micrometer. */
@NullMarked
package org.citustenancy.spring.internal.metrics;

import org.jspecify.annotations.NullMarked;
