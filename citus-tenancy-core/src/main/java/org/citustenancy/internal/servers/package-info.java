/**
 * Knows the servers behind the addresses of nodes. A class belongs here if it tells servers apart by their system
 * identifier, their timeline, and whether they are in recovery.
 */
@NullMarked
package org.citustenancy.internal.servers;

import org.jspecify.annotations.NullMarked;
