package org.citustenancy.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.citustenancy.backup.manifest.BackupManifest;

/**
 * A complete backup.
 *
 * @param directory its directory
 * @param manifest its contents
 * @param waitedForFence how long the backup waited until no transaction wrote
 * @param heldFence how long writers waited after that
 * @param took the duration of the whole backup
 * @param leftOut objects of the project that the backup does not contain and does not need, one per line
 */
public record Backup(
        Path directory,
        BackupManifest manifest,
        Duration waitedForFence,
        Duration heldFence,
        Duration took,
        List<String> leftOut) {

    /** Copies the list. */
    public Backup {
        leftOut = List.copyOf(leftOut);
    }

    /** Returns the project, the size of the backup and its directory. */
    @Override
    public String toString() {
        return "backup of \"" + manifest.origin().project() + "\" in " + directory + ": "
                + manifest.tables().size() + " tables, " + manifest.rows() + " rows, " + manifest.bytes()
                + " bytes, made in " + took.toMillis() + " ms; writers waited for " + heldFence.toMillis() + " ms";
    }
}
