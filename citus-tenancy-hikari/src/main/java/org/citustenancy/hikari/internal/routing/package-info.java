/** Whose turn it is on this thread. */
@NullMarked
package org.citustenancy.hikari.internal.routing;

import org.jspecify.annotations.NullMarked;
