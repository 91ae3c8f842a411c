/**
 * Directories that hold many backups: how their subdirectories are named, and which of them may go.
 */
@NullMarked
package org.citustenancy.internal.backup.series;

import org.jspecify.annotations.NullMarked;
