/**
 * Writes projects: from a backup, from a file of {@code pg_dump}, or from a project on another cluster, whose backup lies in
 * a temporary directory meanwhile. The checks before, and the comparison with the manifest afterwards, are here too.
 */
@NullMarked
package org.citustenancy.internal.backup.restore;

import org.jspecify.annotations.NullMarked;
