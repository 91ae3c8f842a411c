/**
 * Tells the servers behind the addresses of nodes apart, and recovers distributed transactions only if each node is the
 * right server. A class belongs here if it decides by the identity of a server: its system identifier, its timeline, and
 * whether it is in recovery.
 */
@NullMarked
package org.citustenancy.internal.failover;

import org.jspecify.annotations.NullMarked;
