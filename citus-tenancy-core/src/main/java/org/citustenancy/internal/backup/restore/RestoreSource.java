package org.citustenancy.internal.backup.restore;

import java.nio.file.Path;
import java.util.Optional;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.internal.backup.store.ArchiveList;

/** What a project is restored from. */
interface RestoreSource {

    /** The name that the project had, absent if nothing says it. */
    Optional<String> name();

    /** What it consists of. */
    BackupManifest manifest();

    /** Where the archive of its schema is. */
    Path archive();

    /** Throws if something is damaged, or missing among the entries of its archive. */
    void check(ArchiveList entries);

    /** The user who owns what the archive makes, absent if the archive itself says who owns what. */
    Optional<String> owner();

    /** Fills the empty, distributed tables. */
    void fill(RestoreContext work);

    /** Whether the manifest says how many rows there are. */
    boolean countsRows();
}
