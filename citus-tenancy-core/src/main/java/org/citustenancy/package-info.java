/**
 * The fluent API: a cluster, its projects, and the values that go in and come out.
 */
@NullMarked
package org.citustenancy;

import org.jspecify.annotations.NullMarked;
