/**
 * Connections to servers as a pool sees them: opened under a permit, on one of the nodes, with the password of the moment.
 */
@NullMarked
package org.citustenancy.hikari.internal.connections;

import org.jspecify.annotations.NullMarked;
