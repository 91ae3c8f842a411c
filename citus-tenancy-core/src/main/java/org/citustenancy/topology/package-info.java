/** The nodes of a cluster, by the names with which they reach each other. */
@NullMarked
package org.citustenancy.topology;

import org.jspecify.annotations.NullMarked;
