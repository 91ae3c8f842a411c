package org.citustenancy.internal.tables;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RowOwnerQueries;

/** How the tables of a project are reached. */
public interface TableAccess {

    /** Where it is seen how tables lie, and who may change that. */
    interface Change {

        /**
         * A session that reads catalogs, and nothing else.
         *
         * @return the same one each time
         */
        Session reading();

        /**
         * Does what moves the rows of tables.
         *
         * @param work what is done, in a session that may do it and has no more rights than the tables' owner
         */
        void move(RowOwnerQueries.Tables moved, Consumer<Session> work);
    }

    /**
     * Looks at the tables.
     *
     * @param reading what is read
     * @param <T> what that gives
     * @return absent on a server without Citus
     */
    <T> Optional<T> read(Function<TableCatalog, T> reading);

    /**
     * Changes how the tables lie.
     *
     * @param <T> what that gives
     * @return absent on a server without Citus
     */
    <T> Optional<T> change(Function<Change, T> change);
}
