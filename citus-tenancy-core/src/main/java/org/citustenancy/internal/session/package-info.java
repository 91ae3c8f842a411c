/**
 * Connections to the coordinator and through it to the other nodes, with deadlines, interrupts and locks: all communication
 * with servers.
 */
@NullMarked
package org.citustenancy.internal.session;

import org.jspecify.annotations.NullMarked;
