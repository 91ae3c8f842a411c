/** Workers that join, are drained, leave or move: first the cluster as a whole, then every project for itself. */
@NullMarked
package org.citustenancy.internal.workers;

import org.jspecify.annotations.NullMarked;
