/** Checks of a budget against the limits of the servers. */
@NullMarked
package org.citustenancy.hikari.internal.capacity;

import org.jspecify.annotations.NullMarked;
