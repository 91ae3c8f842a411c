package org.citustenancy.internal.backup.dump;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.rowaccess.RowOwner;
import org.citustenancy.internal.rowaccess.RowOwners;
import org.citustenancy.internal.rowaccess.RowSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RowOwnerQueries;
import org.citustenancy.tables.TableName;

/** Holds sessions that read tables through the coordinator with the privileges of their owners. */
final class OwnersReading implements AutoCloseable {

    private final Session reading;
    private final RowSessions rows;
    private final Map<TableName, RowOwner> owners = new ConcurrentHashMap<>();

    /**
     * Creates the sessions for one backup.
     *
     * @param reading an admin's session, which reads catalogs
     * @param rows opens the other sessions; belongs to this object from now on
     */
    OwnersReading(Session reading, RowSessions rows) {
        this.reading = reading;
        this.rows = rows;
    }

    /** Finds the owner of a table, before several threads need it. */
    void find(TableName table) {
        RowOwner owner = new RowOwners(reading)
                .of(RowOwnerQueries.tables(List.of(table)))
                .orElseThrow(
                        () -> new NotFoundException(Failure.of("The table " + table + " has been dropped meanwhile")
                                .where(reading.place())
                                .state("nothing was written")
                                .fix("back it up again")));
        owners.put(table, owner);
    }

    RowOwner owner(TableName table) {
        return owners.computeIfAbsent(table, unknown -> {
            throw new IllegalStateException(unknown + " was not looked for");
        });
    }

    Session open(TableName table) {
        return rows.open(owner(table));
    }

    @Override
    public void close() {
        rows.close();
    }
}
