package org.citustenancy.internal.backup.restore;

import java.nio.file.Path;
import java.util.Optional;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.internal.backup.store.ArchiveList;

/** The source of a restore. */
interface RestoreSource {

    /** Returns the name of the project in the source, absent if the source does not contain it. */
    Optional<String> name();

    /** Returns the manifest. */
    BackupManifest manifest();

    /** Returns the archive of the schema. */
    Path archive();

    /** Throws if a part is damaged, or missing among the entries of its archive. */
    void check(ArchiveList entries);

    /** Returns the owner of the objects in the archive, absent if the archive itself contains the owners. */
    Optional<String> owner();

    /** Fills the empty, distributed tables. */
    void fill(RestoreContext work);

    /** Checks whether the manifest contains the number of rows. */
    boolean countsRows();
}
