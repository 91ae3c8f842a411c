package org.citustenancy.internal.tables;

import java.util.function.Consumer;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RowOwnerQueries;

/**
 * Changes tables in a session of the caller, with the privileges of that session.
 *
 * @param reading the session
 */
record SessionChange(Session reading) implements TableAccess.Change {

    /** The server checks it. */
    @Override
    public void requireMovable(RowOwnerQueries.Tables moved) {}

    @Override
    public void move(RowOwnerQueries.Tables moved, Consumer<Session> work) {
        work.accept(reading);
    }
}
