package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;

import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.QueryPart;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.topology.Node;

/**
 * Registers workers while the functions of users have placeholder bodies.
 *
 * <p>When a worker is registered, Citus creates all objects of the project on it in a superuser's session. PostgreSQL
 * evaluates some of the users' code when it creates objects: a constant of a composite type when a default, a check, a
 * policy or a view is parsed, with the checks of the domains in it; the bounds of a partition; immutable functions of
 * constants in the expression or the predicate of an index. So Citus sends functions that return a constant, which is
 * not null if the type allows: a partition key that becomes null is refused. Sessions with the privileges of the
 * functions' owners create the bodies later.
 *
 * <p>Functions in untrusted languages are a superuser's code even if a user owns them, and stay.
 *
 * @see <a href="https://docs.citusdata.com/en/stable/develop/api_udf.html#citus-add-node">citus_add_node</a>
 * @see <a href="https://www.postgresql.org/docs/current/xfunc-volatility.html">Function Volatility Categories</a>
 */
public final class PlaceholderStatements {

    /** A function with its schema and the types of its arguments. */
    public static final Field<String> FUNCTION = field(name("function_identity"), SQLDataType.VARCHAR);

    /** The same in the format of {@link ObjectQueries#OBJECT}. */
    public static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);

    /** The role that owns a function. */
    public static final Field<String> OWNER = field(name("function_owner"), SQLDataType.VARCHAR);

    /** The statement that creates a function. */
    public static final Field<String> DEFINITION = field(name("function_definition"), SQLDataType.VARCHAR);

    private static final String MARK = "/* citus-tenancy: placeholder */ ";

    private static final String IDENTITY =
            "(pg_catalog.pg_identify_object('pg_catalog.pg_proc'::pg_catalog.regclass, f.oid, 0)).identity";

    /**
     * Aggregates have no body. Smaller numbers than 16384 (FirstNormalObjectId) belong to objects that initdb has
     * created, so that the server need not look at each of thousands of functions.
     *
     * @see <a href="https://www.postgresql.org/docs/current/system-catalog-initial-data.html">OID Assignment</a>
     */
    private static final String OF_USERS =
            "pg_catalog.pg_proc as f join pg_catalog.pg_authid as o on o.oid = f.proowner "
                    + "and not o.rolsuper join pg_catalog.pg_language as l on l.oid = f.prolang and l.lanpltrusted "
                    + "where f.oid >= 16384 and f.prokind <> 'a'";

    private static final String REPLACE = """
            update pg_catalog.pg_proc as f set
              prolang = (select p.oid from pg_catalog.pg_language as p where p.lanname = 'plpgsql'),
              probin = null, prosqlbody = null, protrftypes = null,
              prosrc = {0} || case
                when f.proretset then 'begin return; end'
                when f.prokind = 'p' or f.prorettype = 'pg_catalog.void'::pg_catalog.regtype
                  or f.proargmodes && array['o', 'b', 't']::pg_catalog."char"[] then 'begin end'
                else 'begin return ' || coalesce((select pg_catalog.quote_literal(case t.typcategory
                    when 'N' then '0' when 'T' then '0' when 'B' then 't' when 'S' then '' when 'D' then 'epoch' end)
                  from pg_catalog.pg_type as t where t.oid = f.prorettype and t.typtype = 'b'
                  and t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace), 'null') || '; end' end
            where f.oid in (select f.oid from\s""" + OF_USERS + ")";

    private PlaceholderStatements() {}

    /**
     * Returns the functions of users that have placeholder bodies in the current database, and whether there are others.
     *
     * @return a row per function with {@link #OBJECT}, and one with null if functions have bodies
     */
    public static Select<?> present() {
        return select(OBJECT)
                .from(table(
                        "(select distinct case when pg_catalog.starts_with(f.prosrc, {0}) then "
                                + "(select pg_catalog.concat(i.type, ' ', i.identity) from pg_catalog.pg_identify_object("
                                + "'pg_catalog.pg_proc'::pg_catalog.regclass, f.oid, 0) as i) end as object from "
                                + OF_USERS + ") as p",
                        inline(MARK)));
    }

    /**
     * Returns the functions of users in the current database, with the statements that create them there. Placeholders
     * are left out.
     */
    public static ResultQuery<? extends Record> definitions() {
        return select(OWNER, FUNCTION, DEFINITION)
                .from(table(
                        "(select o.rolname as function_owner, " + IDENTITY
                                + " as function_identity, pg_catalog.pg_get_functiondef(f.oid) as function_definition from "
                                + OF_USERS + " and not pg_catalog.starts_with(f.prosrc, {0})) as d",
                        inline(MARK)))
                .orderBy(OWNER, FUNCTION);
    }

    /**
     * Replaces the bodies of all functions of users in the current database by placeholders.
     *
     * @return the statement, for a worker that is about to receive all objects again
     */
    public static Query replaceBodies() {
        return statement(REPLACE, literal(MARK));
    }

    /**
     * Restores the body of a function, if it has a placeholder.
     *
     * @param function its {@link #FUNCTION}
     * @param definition its {@link #DEFINITION}
     * @return the statement, for a session with the privileges of the function's owner
     */
    public static Query restoreBody(String function, String definition) {
        return statement(
                "do {0}", literal(Sql.text(statement("""
                        begin
                          if exists (select from pg_catalog.pg_proc as f where f.oid = pg_catalog.to_regprocedure({0})
                            and pg_catalog.starts_with(f.prosrc, {1}))
                          then
                            perform pg_catalog.set_config('check_function_bodies', 'off', true);
                            execute {2};
                          end if;
                        end""", literal(function), literal(MARK), literal(definition)))));
    }

    /**
     * Registers a worker in the current database.
     *
     * @return one statement
     */
    public static Query addNode(Node worker) {
        return withPlaceholders(CitusStatements.addNode(worker));
    }

    /**
     * Sends the metadata of the nodes and of the project's objects to a worker again.
     *
     * @return one statement
     */
    public static Query activate(Node worker) {
        return withPlaceholders(WorkerStatements.activate(worker));
    }

    /**
     * Registers with placeholders. The bodies are restored when the transaction ends, so that no other session ever
     * reads the placeholders on this node. Because of the locks, no object that Citus propagates to workers is created
     * or changed meanwhile.
     */
    private static Query withPlaceholders(QueryPart registration) {
        return statement("do {0}", literal(Sql.text(statement("""
                        declare
                          bodies pg_catalog.pg_proc[];
                          ignored integer;
                        begin
                          lock table pg_catalog.pg_dist_node in exclusive mode;
                          lock table pg_catalog.pg_proc in share row exclusive mode;
                          bodies := array(select f from\s""" + OF_USERS + """
                        );
                          {0};
                          ignored := ({1});
                          update pg_catalog.pg_proc as f set prolang = b.prolang, probin = b.probin,
                            prosqlbody = b.prosqlbody, protrftypes = b.protrftypes, prosrc = b.prosrc
                          from pg_catalog.unnest(bodies) as b where f.oid = b.oid;
                        end""", replaceBodies(), registration))));
    }
}
