/** Clones: new projects from live ones of the same cluster, made of the database on every node, as of one moment. */
@NullMarked
package org.citustenancy.internal.cloning;

import org.jspecify.annotations.NullMarked;
