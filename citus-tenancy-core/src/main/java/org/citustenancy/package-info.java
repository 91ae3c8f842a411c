/**
 * The entrance: a cluster, its projects, and the requests that make them.
 *
 * <p>Who belongs here is what a caller types first. The values that go in and come out live in the rooms beside it
 * ({@code users}, {@code plan}, {@code connection}, {@code topology}, {@code tables}, {@code errors}), and how it is
 * done lives under {@code internal}, which no other module may use.
 */
@NullMarked
package org.citustenancy;

import org.jspecify.annotations.NullMarked;
