package org.citustenancy.backup;

import java.nio.file.Path;
import java.time.Duration;
import org.citustenancy.backup.manifest.BackupManifest;

/**
 * A backup that is whole.
 *
 * @param directory where it is
 * @param manifest what it consists of
 * @param waitedForFence how long it took until nobody wrote
 * @param heldFence how long writers were kept waiting after that
 * @param took how long all of it took
 */
public record Backup(
        Path directory, BackupManifest manifest, Duration waitedForFence, Duration heldFence, Duration took) {

    /** The project, its size and where it is. */
    @Override
    public String toString() {
        return "backup of \"" + manifest.origin().project() + "\" in " + directory + ": "
                + manifest.tables().size() + " tables, " + manifest.rows() + " rows, " + manifest.bytes()
                + " bytes, made in " + took.toMillis() + " ms; writers waited for " + heldFence.toMillis() + " ms";
    }
}
