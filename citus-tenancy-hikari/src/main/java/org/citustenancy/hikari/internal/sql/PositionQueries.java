package org.citustenancy.hikari.internal.sql;

import org.citustenancy.internal.shaded.jooq.Record1;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Queries of a server's position in the write-ahead log. Any role may run them. */
public final class PositionQueries {

    private PositionQueries() {}

    /**
     * Selects the position in bytes: that of the last write, or on a standby that of the last replay.
     *
     * @see <a href="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-RECOVERY-CONTROL">Recovery
     *     control functions</a>
     */
    public static Select<Record1<Long>> position() {
        return DSL.select(DSL.field(
                        "pg_catalog.pg_wal_lsn_diff(case when pg_catalog.pg_is_in_recovery() "
                                + "then pg_catalog.pg_last_wal_replay_lsn() else pg_catalog.pg_current_wal_lsn() end, '0/0')",
                        SQLDataType.NUMERIC)
                .cast(SQLDataType.BIGINT));
    }
}
