package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.commentOnView;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.createOrReplaceView;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.createSchemaIfNotExists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.createTableIfNotExists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.currentOffsetDateTime;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.deleteFrom;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.dropSchemaIfExists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.dropView;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.insertInto;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.not;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.nullif;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.when;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.with;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;
import static org.citustenancy.internal.sql.catalog.PgClass.PG_CLASS;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgNamespace.PG_NAMESPACE;
import static org.citustenancy.internal.sql.catalog.RegistryProject.REGISTRY_PROJECT;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.citustenancy.internal.shaded.jooq.CommonTableExpression;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Name;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.Table;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Statements for the view {@code project_stats} in the maintenance database, and its functions in a schema of their
 * own.
 *
 * <p>The view calls functions of that schema alone, and they refer to those of Citus only when they run, so that the
 * view does not block an update of Citus.
 */
public final class ProjectStatsStatements {

    /** The kind of relation with the view's name. */
    public static final Field<String> KIND = field(name("kind"), SQLDataType.VARCHAR);

    /** The view's comment. */
    public static final Field<String> COMMENT = field(name("comment"), SQLDataType.VARCHAR);

    private static final String OWN_SCHEMA = "citus_tenancy_statistics";
    private static final Name VIEW = name("public", "project_stats");
    private static final Name ANSWERS = name(OWN_SCHEMA, "answers");
    private static final Name STATES = name(OWN_SCHEMA, "states");
    private static final Table<Record> SHARDS = table(name(OWN_SCHEMA, "shards"));
    private static final Field<String> PROJECT = field(name("project"), SQLDataType.VARCHAR.notNull());
    private static final Field<Long> SHARD_COUNT = field(name("shards"), SQLDataType.BIGINT.notNull());
    private static final Field<OffsetDateTime> SEEN_AT =
            field(name("seen_at"), SQLDataType.TIMESTAMPWITHTIMEZONE.notNull());

    private ProjectStatsStatements() {}

    /**
     * Returns the relation with the view's name.
     *
     * @return a row if there is one
     */
    public static ResultQuery<? extends Record> existing() {
        return select(
                        PG_CLASS.kind.cast(SQLDataType.VARCHAR).as(KIND),
                        field("pg_catalog.obj_description({0}, 'pg_class')", SQLDataType.VARCHAR, PG_CLASS.oid)
                                .as(COMMENT))
                .from(PG_CLASS)
                .join(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(PG_CLASS.namespace))
                .where(PG_NAMESPACE.name.eq(VIEW.first()))
                .and(PG_CLASS.name.eq(VIEW.last()));
    }

    /**
     * Returns the statements that create the objects that the view needs.
     *
     * @return statements that change nothing if the objects exist
     */
    public static List<Query> foundations() {
        return List.of(
                createSchemaIfNotExists(name(OWN_SCHEMA)),
                createTableIfNotExists(SHARDS)
                        .columns(PROJECT, SHARD_COUNT, SEEN_AT)
                        .constraint(DSL.primaryKey(PROJECT)),
                statement("""
                        create or replace function {0}()
                        returns table (node text, answered boolean, database text, bytes bigint, connections bigint)
                        language plpgsql set search_path = pg_catalog as {1}""", ANSWERS, literal(Sql.text(answers()))),
                statement("""
                        create or replace function {0}() returns table (project text, state text)
                        language plpgsql stable security definer set search_path = pg_catalog as {1}""", STATES, literal(Sql.text(states()))));
    }

    /**
     * Returns the statements that create the view.
     *
     * @return statements that replace one with the same columns
     */
    public static List<Query> view(List<String> columns, String comment) {
        return List.of(
                createOrReplaceView(VIEW, columns.stream().map(DSL::name).toArray(Name[]::new))
                        .as(rows()),
                commentOnView(VIEW).is(comment));
    }

    /** Drops the view. */
    public static Query dropTheView() {
        return dropView(VIEW);
    }

    /** Drops the objects that the view needs. */
    public static Query dropFoundations() {
        return dropSchemaIfExists(name(OWN_SCHEMA)).cascade();
    }

    /**
     * Saves the number of shards of a project.
     *
     * @param shards the number of placements
     */
    public static Query saveShards(String project, long shards) {
        return insertInto(SHARDS)
                .set(PROJECT, project)
                .set(SHARD_COUNT, shards)
                .set(SEEN_AT, currentOffsetDateTime())
                .onConflict(PROJECT)
                .doUpdate()
                .set(SHARD_COUNT, shards)
                .set(SEEN_AT, currentOffsetDateTime());
    }

    /** Removes the saved shards of projects that do not exist any more. */
    public static Query forgetOthers(Collection<String> projects) {
        return deleteFrom(SHARDS).where(PROJECT.notIn(projects));
    }

    /** Returns a JSON array of one node's figures of its databases. */
    private static Select<?> question() {
        Field<Long> connections = field("""
                (select case when pg_catalog.count(*) filter (where a.backend_type is null) = 0 \
                then pg_catalog.count(*) filter (where a.backend_type = 'client backend' \
                and a.pid <> pg_catalog.pg_backend_pid()) end \
                from pg_catalog.pg_stat_activity as a where a.datid = {0})""", SQLDataType.BIGINT, PG_DATABASE.oid);
        Select<?> databases = select(
                        PG_DATABASE.name.as("database"),
                        when(FigureQueries.sizeIsVisible(), FigureQueries.size())
                                .as("bytes"),
                        connections.as("connections"))
                .from(PG_DATABASE)
                .where(not(PG_DATABASE.template));
        return select(Functions.rowsAsJson("q")).from(table("({0}) as q", databases));
    }

    private static Query answers() {
        return statement("""
                #variable_conflict use_column
                begin
                  return query select 'coordinator'::text, true, x.database, x.bytes, x.connections
                    from pg_catalog.json_to_recordset(({0})) as x(database text, bytes bigint, connections bigint);
                  if exists (select from pg_catalog.pg_extension where extname = 'citus') then
                    return query select a.nodename || ':' || a.nodeport, a.success, x.database, x.bytes, x.connections
                      from pg_catalog.run_command_on_workers({1}) as a
                      left join lateral pg_catalog.json_to_recordset(
                        case when a.success then a.result::pg_catalog.json else '[]'::pg_catalog.json end)
                        as x(database text, bytes bigint, connections bigint) on true;
                  end if;
                end""", question(), literal(Sql.text(question())));
    }

    /**
     * Returns the body of the function that reads the states. The function has its own privileges, because only the
     * admin may read the registry.
     */
    private static Query states() {
        return statement(
                """
                begin
                  if pg_catalog.to_regclass({0}) is not null then
                    return query execute {1};
                  end if;
                end""",
                literal(Sql.text(REGISTRY_PROJECT.getQualifiedName())),
                literal(Sql.text(
                        select(field("{0}::text", REGISTRY_PROJECT.name), field("{0}::text", REGISTRY_PROJECT.state))
                                .from(REGISTRY_PROJECT))));
    }

    private static Select<?> rows() {
        CommonTableExpression<?> nodes = name("nodes").as(DSL.selectFrom(table("{0}()", ANSWERS)));
        Field<Long> bytes = field(name("totals", "bytes"), SQLDataType.BIGINT);
        Table<?> totals = table("""
                lateral (select case when pg_catalog.bool_and(n.bytes is not null)
                    then pg_catalog.sum(n.bytes)::pg_catalog.int8 end as bytes,
                  case when pg_catalog.bool_and(n.connections is not null)
                    then pg_catalog.sum(n.connections)::pg_catalog.int8 end as connections
                  from nodes as n where n.answered and n.database = {0}) as totals""", PG_DATABASE.name);
        Table<?> missing = table(
                "(select pg_catalog.string_agg(n.node, ', ') as nodes from nodes as n where not n.answered) as missing");
        return with(nodes)
                .select(
                        PG_DATABASE.name,
                        FigureQueries.owner(),
                        field("pg_catalog.pg_size_pretty({0})", SQLDataType.VARCHAR, bytes),
                        bytes,
                        field(name("totals", "connections"), SQLDataType.BIGINT),
                        nullif(PG_DATABASE.connectionLimit, inline(-1)),
                        field(name("seen", "shards"), SQLDataType.BIGINT),
                        field(name("known", "state"), SQLDataType.VARCHAR),
                        field(name("missing", "nodes"), SQLDataType.VARCHAR))
                .from(PG_DATABASE)
                .crossJoin(totals)
                .crossJoin(missing)
                .leftJoin(SHARDS.as("seen"))
                .on(field(name("seen", "project"), SQLDataType.VARCHAR).eq(PG_DATABASE.name))
                .leftJoin(table("{0}() as known", STATES))
                .on(field(name("known", "project"), SQLDataType.VARCHAR).eq(PG_DATABASE.name))
                .where(not(PG_DATABASE.template))
                .and(PG_DATABASE.name.ne(Functions.currentDatabase()));
    }
}
