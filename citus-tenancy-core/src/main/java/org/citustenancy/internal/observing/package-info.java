/**
 * Observes every node and returns the observed state. A class belongs here if it queries the nodes for their state or
 * holds the answers. No class in this package changes a node.
 */
@NullMarked
package org.citustenancy.internal.observing;

import org.jspecify.annotations.NullMarked;
