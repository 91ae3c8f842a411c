/** Reads the room that nodes have, and refuses what would not fit. */
@NullMarked
package org.citustenancy.internal.capacity;

import org.jspecify.annotations.NullMarked;
