/**
 * The entry point of the library: a cluster, its projects, and the requests that create them.
 *
 * <p>This package contains the types that a caller uses first. The types of arguments and results are in the packages
 * next to it ({@code users}, {@code plan}, {@code connection}, {@code topology}, {@code tables}, {@code errors}). The
 * implementation is in {@code internal}, which no other module may use.
 */
@NullMarked
package org.citustenancy;

import org.jspecify.annotations.NullMarked;
