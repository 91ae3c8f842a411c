package org.citustenancy.internal.backup.restore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.backup.manifest.TableLayout;
import org.citustenancy.internal.backup.format.LayoutStatements;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RestoreStatements;
import org.citustenancy.tables.TableName;

/** Gives the tables of a restored project the layout in its manifest. */
final class LayoutRestore {

    private final Session session;
    private final BackupManifest manifest;

    LayoutRestore(Session session, BackupManifest manifest) {
        this.session = session;
        this.manifest = manifest;
    }

    void distribute() {
        LayoutStatements.of(manifest).forEach(session::execute);
    }

    /**
     * Adds local tables to the metadata of Citus. Tables that Citus adds because of a foreign key are present by then.
     */
    void manageLocalTables(List<BackedUpTable> found) {
        Map<TableName, TableLayout> now = new HashMap<>();
        found.forEach(table -> now.put(table.name(), table.layout()));
        manifest.tables().stream()
                .filter(table -> table.layout() == TableLayout.MANAGED_LOCAL && !table.partition())
                .filter(table -> now.get(table.name()) == TableLayout.LOCAL)
                .forEach(table -> session.fetch(RestoreStatements.manageLocal(table.name())));
    }
}
