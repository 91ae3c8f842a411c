/**
 * Opens sessions on the coordinator and, through it, on the other nodes. A class belongs here if it communicates with a
 * server: connections, deadlines, interrupts, locks, and commands that the coordinator passes to workers.
 */
@NullMarked
package org.citustenancy.internal.session;

import org.jspecify.annotations.NullMarked;
