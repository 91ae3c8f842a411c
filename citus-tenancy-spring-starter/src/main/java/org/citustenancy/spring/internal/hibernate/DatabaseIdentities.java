package org.citustenancy.spring.internal.hibernate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.citustenancy.spring.internal.sql.DatabaseQueries;
import org.postgresql.PGConnection;

/** Knows which database each connection of the pools leads to. It asks the server once per session, not once per loan. */
final class DatabaseIdentities {

    private final Map<PGConnection, Long> known = Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * Returns the identifier of a connection's database, which no other database of its cluster has or had.
     *
     * @param connection the connection, which may be a wrapper
     * @throws SQLException if the server does not answer
     */
    long of(Connection connection) throws SQLException {
        PGConnection session = connection.unwrap(PGConnection.class);
        Long before = known.get(session);
        if (before != null) {
            return before;
        }
        long oid = DatabaseQueries.oid(connection);
        if (!connection.getAutoCommit()) {
            // The query has begun a transaction, in which its user could no longer select an isolation level.
            connection.rollback();
        }
        known.put(session, oid);
        return oid;
    }
}
