/**
 * The nodes of a cluster, by the names by which they know each other.
 */
@NullMarked
package org.citustenancy.topology;

import org.jspecify.annotations.NullMarked;
