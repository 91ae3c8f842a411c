package org.citustenancy.internal.tables;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RowOwnerQueries;
import org.citustenancy.tables.DistributionRules;

/** Accesses the tables of a project. */
public interface TableAccess {

    /** A change: reads the distribution of tables and runs the work that changes it. */
    interface Change {

        /**
         * Returns a session that only reads catalogs.
         *
         * @return the same one each time
         */
        Session reading();

        /**
         * Checks that {@link #move} has a role that may move these tables.
         *
         * @throws org.citustenancy.errors.ConflictException if there is none
         */
        void requireMovable(RowOwnerQueries.Tables moved);

        /**
         * Runs work that moves the rows of tables.
         *
         * @param work runs in a session that may move them and has no more privileges than the tables' owner
         */
        void move(RowOwnerQueries.Tables moved, Consumer<Session> work);
    }

    /**
     * Returns the rules that the project declares.
     *
     * @return absent if there are none
     * @throws org.citustenancy.errors.InvalidRequestException if they cannot be known
     */
    Optional<DistributionRules> rules();

    /**
     * Reads the tables.
     *
     * @param reading reads them
     * @param <T> the type of the result
     * @return absent on a server without Citus
     */
    <T> Optional<T> read(Function<TableCatalog, T> reading);

    /**
     * Changes the distribution of the tables.
     *
     * @param <T> the type of the result
     * @return absent on a server without Citus
     */
    <T> Optional<T> change(Function<Change, T> change);
}
