package org.citustenancy.internal.backup.restore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.backup.manifest.TableLayout;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.IncompleteException;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.BackupQueries;
import org.citustenancy.internal.sql.RestoreStatements;
import org.citustenancy.tables.TableName;

/** Compares a restored project with the manifest of its backup: tables, distribution, and rows, which are counted. */
final class RestoredContents {

    private final Session session;
    private final boolean countRows;

    RestoredContents(Session session, boolean countRows) {
        this.session = session;
        this.countRows = countRows;
    }

    void verify(BackupManifest manifest, List<BackedUpTable> found) {
        Map<TableName, BackedUpTable> now = new LinkedHashMap<>();
        found.forEach(table -> now.put(table.name(), table));
        List<String> differences = new ArrayList<>();
        for (BackedUpTable expected : manifest.tables()) {
            BackedUpTable table = now.get(expected.name());
            if (table == null) {
                differences.add("there is no table " + expected.name());
            } else {
                compare(expected, table, differences);
            }
        }
        if (!differences.isEmpty()) {
            throw new IncompleteException(
                    Failure.of("What was restored differs from its manifest: " + String.join("; ", differences))
                            .where(session.place())
                            .state("the project is marked as unfinished")
                            .fix("run the restore again, which starts over"));
        }
    }

    private void compare(BackedUpTable expected, BackedUpTable found, List<String> differences) {
        if (expected.layout() != found.layout() || !expected.column().equals(found.column())) {
            differences.add(expected.name() + " is " + found.layout().word()
                    + found.column().map(column -> " by " + column).orElse("") + " instead of "
                    + expected.layout().word()
                    + expected.column().map(column -> " by " + column).orElse(""));
        }
        if (!expected.columnar().equals(found.columnar())) {
            differences.add(
                    expected.name() + " is stored as " + found.columnar() + " instead of " + expected.columnar());
        }
        if (countRows && !expected.partitioned()) {
            long rows = session.fetch(RestoreStatements.count(expected.name(), expected.layout() == TableLayout.LOCAL))
                    .get(0)
                    .get(BackupQueries.NUMBER);
            if (rows != expected.rows()) {
                differences.add(expected.name() + " has " + rows + " rows instead of " + expected.rows());
            }
        }
    }
}
