package org.citustenancy.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.citustenancy.backup.manifest.BackupManifest;

/**
 * A backup that is whole.
 *
 * @param directory where it is
 * @param manifest what it consists of
 * @param waitedForFence how long it took until no transaction wrote
 * @param heldFence how long writers were kept waiting after that
 * @param took how long all of it took
 * @param leftOut what is in the project and not in the backup, and need not be, a line each
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

    /** The project, its size and where it is. */
    @Override
    public String toString() {
        return "backup of \"" + manifest.origin().project() + "\" in " + directory + ": "
                + manifest.tables().size() + " tables, " + manifest.rows() + " rows, " + manifest.bytes()
                + " bytes, made in " + took.toMillis() + " ms; writers waited for " + heldFence.toMillis() + " ms";
    }
}
