/**
 * How much room a cluster has: what its nodes may do, what is in use, and what to raise for more.
 */
@NullMarked
package org.citustenancy.capacity;

import org.jspecify.annotations.NullMarked;
