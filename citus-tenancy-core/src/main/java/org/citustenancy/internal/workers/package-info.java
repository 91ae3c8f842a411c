/**
 * Adds, drains, removes and relocates workers, and moves shards between them. A class belongs here if it changes the
 * workers of the cluster as a whole or, after that, of each project.
 */
@NullMarked
package org.citustenancy.internal.workers;

import org.jspecify.annotations.NullMarked;
