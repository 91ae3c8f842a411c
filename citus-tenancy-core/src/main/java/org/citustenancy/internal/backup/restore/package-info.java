/**
 * Restores projects from a backup, from a file of {@code pg_dump}, or from a project on another cluster through a
 * backup in a temporary directory. The checks before a restore and the comparison with the manifest after it belong
 * here, too.
 */
@NullMarked
package org.citustenancy.internal.backup.restore;

import org.jspecify.annotations.NullMarked;
