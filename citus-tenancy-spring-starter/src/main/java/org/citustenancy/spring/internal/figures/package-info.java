/** Figures of the projects, read from the cluster at intervals and cached: no client waits for a node. */
@NullMarked
package org.citustenancy.spring.internal.figures;

import org.jspecify.annotations.NullMarked;
