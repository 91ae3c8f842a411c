package org.citustenancy.internal.tables;

import java.util.Optional;
import java.util.function.Consumer;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.rowaccess.RowOwner;
import org.citustenancy.internal.rowaccess.RowOwners;
import org.citustenancy.internal.rowaccess.RowSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RowOwnerQueries;

/**
 * Changes tables for the admin: catalogs are read in the admin's session, and rows move in a session with the
 * privileges of the tables' owner.
 *
 * @param reading the admin's session
 * @param sessions opens the other sessions
 */
record OwnerChange(Session reading, RowSessions sessions) implements TableAccess.Change {

    @Override
    public void requireMovable(RowOwnerQueries.Tables moved) {
        owner(moved);
    }

    @Override
    public void move(RowOwnerQueries.Tables moved, Consumer<Session> work) {
        try (Session session = sessions.open(owner(moved).orElseThrow(this::gone))) {
            work.accept(session);
        }
    }

    private Optional<RowOwner> owner(RowOwnerQueries.Tables moved) {
        RowOwners owners = new RowOwners(reading);
        Optional<RowOwner> owner = owners.of(moved);
        owners.requireReferences();
        return owner;
    }

    private NotFoundException gone() {
        return new NotFoundException(Failure.of("The table has been dropped meanwhile")
                .where(reading.place())
                .state("nothing was changed")
                .fix("see who dropped it"));
    }
}
