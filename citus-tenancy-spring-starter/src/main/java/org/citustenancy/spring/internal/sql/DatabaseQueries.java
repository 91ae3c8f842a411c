package org.citustenancy.spring.internal.sql;

import java.sql.Connection;
import java.sql.SQLException;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.SQLDialect;
import org.citustenancy.internal.shaded.jooq.exception.DataAccessException;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Queries of the database of a connection. Any role may run them. */
public final class DatabaseQueries {

    private static final Field<Long> OID = DSL.field(DSL.name("oid"), SQLDataType.BIGINT);
    private static final Field<String> DATNAME = DSL.field(DSL.name("datname"), SQLDataType.VARCHAR);

    private DatabaseQueries() {}

    /**
     * Reads the identifier of the connection's database. A database that is dropped and created again under the same name
     * has another one.
     *
     * @param connection the connection, which stays open
     * @throws SQLException if the server does not answer
     */
    public static long oid(Connection connection) throws SQLException {
        try {
            return DSL.using(connection, SQLDialect.POSTGRES)
                    .select(OID.cast(SQLDataType.BIGINT))
                    .from(DSL.table(DSL.name("pg_catalog", "pg_database")))
                    .where(DATNAME.eq(DSL.field("pg_catalog.current_database()", SQLDataType.VARCHAR)))
                    .fetchSingle()
                    .value1();
        } catch (DataAccessException failure) {
            SQLException cause = failure.getCause(SQLException.class);
            throw cause != null ? cause : new SQLException(failure);
        }
    }
}
