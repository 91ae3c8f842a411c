package org.citustenancy.internal.tables;

import java.util.Optional;
import java.util.function.Function;
import org.citustenancy.internal.session.Session;

/** How the tables of a project are got at. */
public interface TableAccess {

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
     * @param change what is done in a session that may do it
     * @param <T> what that gives
     * @return absent on a server without Citus
     */
    <T> Optional<T> change(Function<Session, T> change);
}
