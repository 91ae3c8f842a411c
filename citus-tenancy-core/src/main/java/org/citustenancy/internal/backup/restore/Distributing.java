package org.citustenancy.internal.backup.restore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.backup.manifest.TableLayout;
import org.citustenancy.internal.backup.layout.Distribution;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RestoreStatements;
import org.citustenancy.tables.TableName;

/** Distributes the empty tables of a project as its backup says. */
final class Distributing {

    private final Session session;
    private final BackupManifest manifest;

    Distributing(Session session, BackupManifest manifest) {
        this.session = session;
        this.manifest = manifest;
    }

    void run() {
        Distribution.statements(manifest).forEach(session::execute);
    }

    /** Those that a foreign key brings along are there by then. */
    void manageLocalTables(List<BackedUpTable> found) {
        Map<TableName, TableLayout> now = new HashMap<>();
        found.forEach(table -> now.put(table.name(), table.layout()));
        manifest.tables().stream()
                .filter(table -> table.layout() == TableLayout.MANAGED_LOCAL && !table.partition())
                .filter(table -> now.get(table.name()) == TableLayout.LOCAL)
                .forEach(table -> session.fetch(RestoreStatements.manageLocal(table.name())));
    }
}
