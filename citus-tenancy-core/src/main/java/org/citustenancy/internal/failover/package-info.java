/**
 * Follows failovers. A class belongs here if it decides which server took over a node.
 */
@NullMarked
package org.citustenancy.internal.failover;

import org.jspecify.annotations.NullMarked;
