package org.citustenancy.internal.tables;

import java.util.function.Consumer;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RowOwnerQueries;

/**
 * Changes in a session of the caller's, with the rights that it has.
 *
 * @param reading the session
 */
record SessionChange(Session reading) implements TableAccess.Change {

    @Override
    public void move(RowOwnerQueries.Tables moved, Consumer<Session> work) {
        work.accept(reading);
    }
}
