/** Connections to servers for a pool: opened with a permit, on one of the nodes, with the current password. */
@NullMarked
package org.citustenancy.hikari.internal.connections;

import org.jspecify.annotations.NullMarked;
