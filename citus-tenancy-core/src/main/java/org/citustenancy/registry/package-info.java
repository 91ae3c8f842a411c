/**
 * What the cluster knows of its projects: which there are, and in which state.
 */
@NullMarked
package org.citustenancy.registry;

import org.jspecify.annotations.NullMarked;
