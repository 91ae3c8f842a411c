package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.count;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectDistinct;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgDistAuthinfo.PG_DIST_AUTHINFO;
import static org.citustenancy.internal.sql.catalog.PgDistPartition.PG_DIST_PARTITION;
import static org.citustenancy.internal.sql.catalog.PgStatActivity.PG_STAT_ACTIVITY;

import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.Table;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.topology.Node;

/** Queries for nodes before and during a change of a password. */
public final class RotationQueries {

    /** The number. */
    public static final Field<Integer> NUMBER = field(name("number"), SQLDataType.INTEGER);

    /** Whether it succeeded. */
    public static final Field<Boolean> SUCCESS = field(name("success"), SQLDataType.BOOLEAN);

    /** The error, or an answer. */
    public static final Field<String> RESULT = field(name("result"), SQLDataType.VARCHAR);

    /** The role of a session. */
    public static final Field<String> ROLE = field(name("role_name"), SQLDataType.VARCHAR);

    /** The process of a session. */
    public static final Field<Integer> PROCESS = field(name("pid"), SQLDataType.INTEGER);

    private RotationQueries() {}

    /**
     * Checks whether a node has a role.
     *
     * @return one row with {@link #NUMBER}
     */
    public static Select<?> roles(String role) {
        return select(count().as(NUMBER)).from(PG_AUTHID).where(PG_AUTHID.name.eq(literal(role)));
    }

    /**
     * Checks whether a worker reaches the coordinator, from which it copies passwords.
     *
     * @return one row with {@link #SUCCESS} and {@link #RESULT}
     */
    public static Select<?> reaches(Node coordinator) {
        return select(SUCCESS, RESULT)
                .from(table(
                        "pg_catalog.master_run_on_worker(array[{0}], array[{1}], array[{2}], false)",
                        literal(coordinator.host()),
                        literal(coordinator.port()),
                        literal(Sql.text(NodeStatements.anything()))));
    }

    /**
     * Checks whether a project's database on a worker has the table for passwords between nodes.
     *
     * @return one row with {@link #NUMBER}
     */
    public static Select<?> nodePasswords() {
        return select(count().as(NUMBER)).from(PG_DIST_AUTHINFO);
    }

    /**
     * Returns the connection parameter that a node presents to the others for a role. The answer is a secret.
     *
     * @return a row with {@link #RESULT}, if there is one for all nodes
     */
    public static Select<?> nodePassword(String role) {
        return select(PG_DIST_AUTHINFO.authinfo.as(RESULT))
                .from(PG_DIST_AUTHINFO)
                .where(PG_DIST_AUTHINFO.role.eq(literal(role)), PG_DIST_AUTHINFO.node.eq(inline(0)));
    }

    /**
     * Ends the client sessions of a role on a node, including those of other nodes for it.
     *
     * @return one row with {@link #NUMBER}, how many were ended
     */
    public static Select<?> endSessions(String role) {
        return select(count(field("pg_catalog.pg_terminate_backend({0})", SQLDataType.BOOLEAN, PG_STAT_ACTIVITY.pid))
                        .as(NUMBER))
                .from(PG_STAT_ACTIVITY)
                .where(
                        PG_STAT_ACTIVITY.user.eq(literal(role)),
                        PG_STAT_ACTIVITY.backendType.eq(inline("client backend")));
    }

    /**
     * Returns the client sessions that hold locks on distributed tables of the current database.
     *
     * @return a row per session, with {@link #ROLE} and {@link #PROCESS}
     */
    public static Select<?> holders() {
        Table<?> locks = DSL.table(name("pg_catalog", "pg_locks"));
        Field<Integer> pid = field(name("pg_locks", "pid"), SQLDataType.INTEGER);
        return selectDistinct(PG_STAT_ACTIVITY.user.as(ROLE), PG_STAT_ACTIVITY.pid.as(PROCESS))
                .from(locks)
                .join(PG_STAT_ACTIVITY)
                .on(PG_STAT_ACTIVITY.pid.eq(pid))
                .join(PG_DIST_PARTITION)
                .on(PG_DIST_PARTITION.relation.eq(field(name("pg_locks", "relation"), SQLDataType.BIGINT)))
                .where(
                        field(name("pg_locks", "granted"), SQLDataType.BOOLEAN).isTrue(),
                        PG_STAT_ACTIVITY.database.eq(Functions.currentDatabase()),
                        PG_STAT_ACTIVITY.backendType.eq(inline("client backend")),
                        PG_STAT_ACTIVITY.application.ne(inline("citus-tenancy")),
                        pid.ne(Functions.ownProcess()))
                .orderBy(ROLE, PROCESS);
    }
}
