/**
 * Clones live projects of the same cluster: creates a new project as a copy of the source's database on every node,
 * consistent across all nodes. The classes that close the source, create the copies and open the source again belong
 * here.
 */
@NullMarked
package org.citustenancy.internal.cloning;

import org.jspecify.annotations.NullMarked;
