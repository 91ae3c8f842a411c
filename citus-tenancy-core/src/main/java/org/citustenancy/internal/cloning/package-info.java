/**
 * Copying a project as a whole: its database on every node, as of one moment, while it holds still.
 */
@NullMarked
package org.citustenancy.internal.cloning;

import org.jspecify.annotations.NullMarked;
