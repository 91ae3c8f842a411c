/** Targets of the pools' metrics. */
@NullMarked
package org.citustenancy.hikari.metrics;

import org.jspecify.annotations.NullMarked;
