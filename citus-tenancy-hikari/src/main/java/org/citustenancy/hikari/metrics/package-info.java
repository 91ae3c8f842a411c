/**
 * Where the pools' figures go.
 */
@NullMarked
package org.citustenancy.hikari.metrics;

import org.jspecify.annotations.NullMarked;
