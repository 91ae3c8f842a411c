package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.constraint;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.createSchemaIfNotExists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.createTable;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.createTableIfNotExists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.currentOffsetDateTime;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.deleteFrom;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.insertInto;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.noCondition;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.catalog.RegistryServer.REGISTRY_SERVER;
import static org.citustenancy.internal.sql.catalog.RegistryService.REGISTRY_SERVICE;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.citustenancy.internal.shaded.jooq.Constraint;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Statements for the last known servers of the node groups, and for services with a heartbeat. */
public final class RegistryServerStatements {

    /** When a server was saved, in microseconds since 1970. */
    public static final Field<Long> SEEN = field(name("seen_micros"), SQLDataType.BIGINT);

    /** The name of the service that recovers distributed transactions. */
    public static final String RECOVERY = "recovery";

    /** The name of the service that suspends unused projects. */
    public static final String AUTOSUSPEND = "autosuspend";

    private RegistryServerStatements() {}

    /**
     * Creates the tables of the registry.
     *
     * @return statements for one transaction
     */
    static List<Query> createTables() {
        return List.of(
                createTableIfNotExists(REGISTRY_SERVER)
                        .columns(REGISTRY_SERVER.fields())
                        .constraints(serverKey()),
                createTable(REGISTRY_SERVICE)
                        .columns(REGISTRY_SERVICE.fields())
                        .constraints(constraint("service_key").primaryKey(REGISTRY_SERVICE.name)));
    }

    private static Constraint serverKey() {
        return constraint("server_key").primaryKey(REGISTRY_SERVER.group);
    }

    /**
     * Creates the table of servers on a node that has no registry.
     *
     * @return statements for one transaction
     */
    public static List<Query> createOnWorker() {
        return List.of(
                createSchemaIfNotExists(name(RegistryStatements.SCHEMA)),
                createTableIfNotExists(REGISTRY_SERVER)
                        .columns(REGISTRY_SERVER.fields())
                        .constraints(serverKey()));
    }

    /**
     * Checks whether the current database has the table of servers.
     *
     * @return a row if it has
     */
    public static ResultQuery<? extends Record> exists() {
        return select(inline(1))
                .where(Functions.call(
                                "to_regclass", SQLDataType.VARCHAR, literal(RegistryStatements.SCHEMA + ".server"))
                        .isNotNull());
    }

    /**
     * Returns the known servers.
     *
     * @return a row per group
     */
    public static Select<?> all() {
        return select(
                        REGISTRY_SERVER.group,
                        REGISTRY_SERVER.system,
                        REGISTRY_SERVER.timeline,
                        field("(extract(epoch from {0}) * 1000000)", SQLDataType.NUMERIC, REGISTRY_SERVER.seenAt)
                                .cast(SQLDataType.BIGINT)
                                .as(SEEN))
                .from(REGISTRY_SERVER)
                .orderBy(REGISTRY_SERVER.group);
    }

    /**
     * Saves the server of a group, unless a later timeline of the same server is known.
     *
     * @param group the group in the maintenance database
     * @param replaces whether a later timeline is replaced, too
     */
    public static Query save(int group, String system, String timeline, boolean replaces) {
        return insertInto(REGISTRY_SERVER)
                .set(REGISTRY_SERVER.group, literal(group))
                .set(REGISTRY_SERVER.system, literal(system))
                .set(REGISTRY_SERVER.timeline, literal(timeline))
                .set(REGISTRY_SERVER.seenAt, currentOffsetDateTime())
                .onConflict(REGISTRY_SERVER.group)
                .doUpdate()
                .set(REGISTRY_SERVER.system, literal(system))
                .set(REGISTRY_SERVER.timeline, literal(timeline))
                .set(REGISTRY_SERVER.seenAt, currentOffsetDateTime())
                .where(
                        replaces
                                ? noCondition()
                                : REGISTRY_SERVER
                                        .system
                                        .ne(literal(system))
                                        .or(REGISTRY_SERVER.timeline.le(literal(timeline))));
    }

    /**
     * Makes the transaction end without a synchronous standby. A server that has just taken over may have none, and
     * would wait for it; what is lost with it is learned again.
     *
     * @see <a href="https://www.postgresql.org/docs/current/runtime-config-wal.html#GUC-SYNCHRONOUS-COMMIT">
     *     synchronous_commit</a>
     */
    public static Select<?> waitForNoStandby() {
        return select(Functions.setForTransaction("synchronous_commit", "local"));
    }

    /** Removes the servers of groups that are not registered any more. */
    public static Query forgetExcept(List<Integer> groups) {
        return deleteFrom(REGISTRY_SERVER)
                .where(REGISTRY_SERVER.group.notIn(
                        groups.stream().map(Sql::literal).toList()));
    }

    /** Records that a service is alive, and until when it counts as alive. */
    public static Query beat(String service, Duration until) {
        Field<OffsetDateTime> end = in(until);
        return insertInto(REGISTRY_SERVICE)
                .set(REGISTRY_SERVICE.name, service)
                .set(REGISTRY_SERVICE.aliveUntil, end)
                .onConflict(REGISTRY_SERVICE.name)
                .doUpdate()
                .set(REGISTRY_SERVICE.aliveUntil, end);
    }

    private static Field<OffsetDateTime> in(Duration time) {
        return field(
                "pg_catalog.now() + pg_catalog.make_interval(secs => {0})",
                SQLDataType.TIMESTAMPWITHTIMEZONE, inline(time.toMillis() / 1000.0));
    }

    /** Records that a service has ended. */
    public static Query end(String service) {
        return deleteFrom(REGISTRY_SERVICE).where(REGISTRY_SERVICE.name.eq(service));
    }

    /**
     * Returns a service if it is alive.
     *
     * @return a row if it is
     */
    public static ResultQuery<? extends Record> alive(String service) {
        return select(REGISTRY_SERVICE.name)
                .from(REGISTRY_SERVICE)
                .where(REGISTRY_SERVICE.name.eq(service))
                .and(REGISTRY_SERVICE.aliveUntil.gt(currentOffsetDateTime()));
    }
}
