package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;

import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Queries for what tells the server behind an address apart from its standbys and from other servers. */
public final class ServerQueries {

    /** The identifier that a server shares with its standbys, and with no other server. */
    public static final Field<String> SYSTEM = field(name("system_identifier"), SQLDataType.VARCHAR);

    /** Whether the server is a standby that was not promoted. */
    public static final Field<Boolean> IN_RECOVERY = field(name("in_recovery"), SQLDataType.BOOLEAN);

    /** The timeline of the server, as eight hexadecimal digits. A promotion begins a higher one. */
    public static final Field<String> TIMELINE = field(name("timeline"), SQLDataType.VARCHAR);

    private ServerQueries() {}

    /**
     * Returns the identity of the server that answers. The control file of a promoted server has the former timeline
     * until the next checkpoint, so a server that writes takes the timeline of the WAL file that it writes.
     *
     * @return one row
     * @see <a href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-CONTROLDATA">Control
     *     Data Functions</a>
     */
    public static Select<?> identity() {
        return select(
                field("(select system_identifier from pg_catalog.pg_control_system())", SQLDataType.BIGINT)
                        .cast(SQLDataType.VARCHAR)
                        .as(SYSTEM),
                field("pg_catalog.pg_is_in_recovery()", SQLDataType.BOOLEAN).as(IN_RECOVERY),
                field("""
                        case when pg_catalog.pg_is_in_recovery() \
                        then pg_catalog.upper(pg_catalog.lpad(pg_catalog.to_hex((select timeline_id \
                        from pg_catalog.pg_control_checkpoint())), 8, '0')) \
                        else pg_catalog.substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8) end""", SQLDataType.VARCHAR).as(TIMELINE));
    }
}
