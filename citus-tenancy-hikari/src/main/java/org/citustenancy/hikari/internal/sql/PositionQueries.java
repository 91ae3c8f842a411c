package org.citustenancy.hikari.internal.sql;

import org.citustenancy.internal.shaded.jooq.Condition;
import org.citustenancy.internal.shaded.jooq.Record1;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.SelectSelectStep;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Queries of a server's position in the write-ahead log. Any role may run them. */
public final class PositionQueries {

    private static final Condition IN_RECOVERY = DSL.condition("pg_catalog.pg_is_in_recovery()");

    private PositionQueries() {}

    /**
     * Selects the position up to which a primary has written, in bytes.
     *
     * @return no row if the server is a standby
     */
    public static Select<Record1<Long>> ofPrimary() {
        return position("pg_catalog.pg_current_wal_lsn()").where(DSL.not(IN_RECOVERY));
    }

    /**
     * Selects the position up to which a standby has replayed, in bytes. The position of a standby that was promoted says
     * nothing about its former primary.
     *
     * @return no row if the server is a primary
     * @see <a href="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-RECOVERY-CONTROL">Recovery
     *     control functions</a>
     */
    public static Select<Record1<Long>> ofStandby() {
        return position("pg_catalog.pg_last_wal_replay_lsn()").where(IN_RECOVERY);
    }

    private static SelectSelectStep<Record1<Long>> position(String function) {
        return DSL.select(DSL.field("pg_catalog.pg_wal_lsn_diff(" + function + ", '0/0')", SQLDataType.NUMERIC)
                .cast(SQLDataType.BIGINT));
    }
}
