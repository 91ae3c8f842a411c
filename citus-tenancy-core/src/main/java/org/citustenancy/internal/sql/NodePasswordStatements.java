package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.deleteFrom;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;
import static org.citustenancy.internal.sql.catalog.PgDistAuthinfo.PG_DIST_AUTHINFO;

import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.topology.Node;

/**
 * Statements for the passwords by which nodes authenticate a project's users to each other: {@code pg_dist_authinfo}, a
 * table of each database and node that stores them in clear, is readable by superusers only, and is never copied.
 */
public final class NodePasswordStatements {

    /** The connection parameter in an answer. */
    public static final Field<String> AUTHINFO = field(name("authinfo"), SQLDataType.VARCHAR);

    /** The node id that stands for all nodes. */
    private static final int EVERY_NODE = 0;

    private NodePasswordStatements() {}

    /**
     * Writes a password on the coordinator.
     *
     * @param authinfo the connection parameter, or a mask to show in its place
     * @return a statement that must not reach a log
     */
    public static Query write(String role, String authinfo) {
        return statement("""
                insert into pg_catalog.pg_dist_authinfo (nodeid, rolename, authinfo) values ({0}, {1}, {2}) \
                on conflict (rolename, nodeid) do update set authinfo = excluded.authinfo""", literal(EVERY_NODE), literal(role), literal(authinfo));
    }

    /**
     * Writes on a worker the coordinator's connection parameter for a role. The worker fetches it itself, inside a
     * function, so that no statement contains it.
     *
     * @param coordinator the node to query
     * @return a statement for {@link NodeStatements#atomically}
     */
    public static Query copyFrom(Node coordinator, String role) {
        Query ask = select(PG_DIST_AUTHINFO.authinfo)
                .from(PG_DIST_AUTHINFO)
                .where(PG_DIST_AUTHINFO.role.eq(role).and(PG_DIST_AUTHINFO.node.eq(EVERY_NODE)));
        return statement(
                "do {0}",
                literal(Sql.text(statement(
                        """
                        begin
                          perform pg_catalog.set_config('log_min_messages', 'panic', true);
                          insert into pg_catalog.pg_dist_authinfo (nodeid, rolename, authinfo)
                          select {0}, {1}, r.result
                          from pg_catalog.master_run_on_worker(array[{2}], array[{3}], array[{4}], false) as r
                          on conflict (rolename, nodeid) do update set authinfo = excluded.authinfo;
                        end""",
                        literal(EVERY_NODE),
                        literal(role),
                        literal(coordinator.host()),
                        literal(coordinator.port()),
                        literal(Sql.text(ask))))));
    }

    /**
     * Returns the coordinator's connection parameter for a role. The answer is a secret.
     *
     * @return a row if it has one for all nodes, with the field {@link #AUTHINFO}
     */
    public static ResultQuery<? extends Record> read(String role) {
        return select(PG_DIST_AUTHINFO.authinfo.as(AUTHINFO))
                .from(PG_DIST_AUTHINFO)
                .where(PG_DIST_AUTHINFO.role.eq(role).and(PG_DIST_AUTHINFO.node.eq(EVERY_NODE)));
    }

    /** Removes a role's password. */
    public static Query forget(String role) {
        return deleteFrom(PG_DIST_AUTHINFO).where(PG_DIST_AUTHINFO.role.eq(literal(role)));
    }
}
