package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.Sql.identifier;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;

import java.util.LinkedHashMap;
import java.util.Map;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.QueryPart;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.topology.Node;

/**
 * Creates, drops and finds temporary roles that move rows in place of a superuser, each with one statement per node in
 * the project's database.
 */
public final class RowRoleStatements {

    /** The prefix of the name of every such role. */
    public static final String PREFIX = "citus_tenancy_tmp_";

    /** The role's name. */
    public static final Field<String> ROLE = field(name("role"), SQLDataType.VARCHAR);

    /** The role of which it is a member. */
    public static final Field<String> OWNER = field(name("owner"), SQLDataType.VARCHAR);

    /** Whether the lock was free. */
    public static final Field<Boolean> FREE = field(name("free"), SQLDataType.BOOLEAN);

    /** The key of the lock that its operation holds. */
    private static final String LOCK = "citus_tenancy/rows/";

    private static final String PURPOSE = "Moves rows for citus-tenancy in the database ";

    /** The time limit for a session that was terminated, in milliseconds. */
    private static final int PATIENCE = 5000;

    /**
     * The settings of every session of the role, including those that Citus opens between nodes, which override those
     * of the database. An application's limits do not end the move of its rows, and a policy that would hide a row is
     * an error.
     */
    private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

    static {
        SETTINGS.put("row_security", "off");
        SETTINGS.put("search_path", "pg_catalog");
        SETTINGS.put("role", "none");
        SETTINGS.put("statement_timeout", "0");
        SETTINGS.put("lock_timeout", "0");
        SETTINGS.put("transaction_timeout", "0");
        SETTINGS.put("idle_in_transaction_session_timeout", "0");
        SETTINGS.put("idle_session_timeout", "0");
        SETTINGS.put("default_transaction_read_only", "off");
        SETTINGS.put("default_transaction_deferrable", "off");
        SETTINGS.put("default_transaction_isolation", "read committed");
        SETTINGS.put("standard_conforming_strings", "on");
        SETTINGS.put("client_min_messages", "warning");
        SETTINGS.put("jit", "off");
    }

    private RowRoleStatements() {}

    /**
     * Creates the role on the coordinator. If nodes store passwords of roles, they get this one's, too.
     *
     * @param owner the table owner, of which it becomes a member
     * @param verifier the verifier of the password, or a mask to show in its place
     * @param authinfo the connection parameter by which nodes authenticate as the role, or a mask
     * @param seconds how long the password is accepted
     * @param bypassesPolicies whether no policy applies to it
     * @param notesPlacements whether it may write the placements of shards
     * @return a statement that must not reach a log
     */
    public static Query create(
            String project,
            String role,
            String owner,
            String verifier,
            String authinfo,
            long seconds,
            boolean bypassesPolicies,
            boolean notesPlacements) {
        return statement(
                "do {0}",
                literal(Sql.text(statement(
                        """
                        begin
                          {0}
                          insert into pg_catalog.pg_dist_authinfo (nodeid, rolename, authinfo)
                          select 0, {1}, {2} where exists (select from pg_catalog.pg_dist_authinfo where nodeid = 0);
                        end""",
                        make(project, role, owner, literal(verifier), seconds, bypassesPolicies, notesPlacements),
                        literal(role),
                        literal(authinfo)))));
    }

    /**
     * Creates on a worker the role that the coordinator has. The worker fetches its secrets itself, inside a function,
     * so that no statement contains them.
     *
     * @param coordinator the node to query
     * @param seconds how long the password is accepted
     * @param bypassesPolicies whether no policy applies to it
     * @param notesPlacements whether it may write the placements of shards
     * @return a statement for {@link NodeStatements#atomically}
     */
    public static Query copyFrom(
            Node coordinator,
            String project,
            String role,
            String owner,
            long seconds,
            boolean bypassesPolicies,
            boolean notesPlacements) {
        Query ask = statement(
                "select pg_catalog.json_build_object('verifier', a.rolpassword, 'authinfo', "
                        + "(select i.authinfo from pg_catalog.pg_dist_authinfo as i where i.nodeid = 0 and i.rolename = {0})) "
                        + "from pg_catalog.pg_authid as a where a.rolname = {0}",
                literal(role));
        return statement(
                "do {0}",
                literal(Sql.text(statement(
                        """
                        declare
                          answer record;
                        begin
                          perform pg_catalog.set_config('log_min_messages', 'panic', true);
                          perform pg_catalog.set_config('pg_stat_statements.track', 'none', true);
                          select r.success, r.result into strict answer
                          from pg_catalog.master_run_on_worker(array[{0}], array[{1}], array[{2}], false) as r;
                          if not answer.success then
                            raise exception 'the coordinator did not answer: %', answer.result;
                          end if;
                          {3}
                          insert into pg_catalog.pg_dist_authinfo (nodeid, rolename, authinfo)
                          select 0, {4}, answer.result::pg_catalog.json ->> 'authinfo'
                          where answer.result::pg_catalog.json ->> 'authinfo' is not null;
                        end""",
                        literal(coordinator.host()),
                        literal(coordinator.port()),
                        literal(Sql.text(ask)),
                        make(
                                project,
                                role,
                                owner,
                                field("answer.result::pg_catalog.json ->> 'verifier'"),
                                seconds,
                                bypassesPolicies,
                                notesPlacements),
                        literal(role)))));
    }

    private static QueryPart make(
            String project,
            String role,
            String owner,
            Field<?> verifier,
            long seconds,
            boolean bypassesPolicies,
            boolean notesPlacements) {
        return statement(
                """
                execute pg_catalog.format(
                    'create role %I with login nosuperuser nocreatedb nocreaterole noreplication inherit %s password %L valid until %L in role %I',
                    {1}, {0}, {2}, pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => {3}), {4});
                  comment on role {5} is {6};
                  insert into pg_catalog.pg_dist_object (classid, objid, objsubid)
                  select 'pg_catalog.pg_authid'::pg_catalog.regclass, oid, 0 from pg_catalog.pg_authid where rolname = {1}
                  on conflict do nothing;
                  if {10} then
                    grant select, insert, update on pg_catalog.pg_dist_placement to {5};
                  end if;
                  if not pg_catalog.has_database_privilege({1}, {8}, 'CONNECT') then
                    grant connect on database {9} to {5};
                  end if;
                  declare
                    setting record;
                  begin
                    for setting in select s.name, v.value from pg_catalog.pg_settings as s
                        join pg_catalog.json_each_text({7}) as v (name, value) on v.name = s.name loop
                      execute pg_catalog.format('alter role %I set %I = %L', {1}, setting.name, setting.value);
                    end loop;
                  end;""",
                literal(bypassesPolicies ? "bypassrls" : "nobypassrls"),
                literal(role),
                verifier,
                inline(seconds),
                literal(owner),
                identifier(role),
                literal(PURPOSE + project),
                literal(settings()),
                literal(project),
                identifier(project),
                inline(notesPlacements));
    }

    /** Returns the settings. No value contains a character that JSON must escape. */
    private static String settings() {
        StringBuilder json = new StringBuilder("{");
        SETTINGS.forEach((setting, value) -> json.append(json.length() == 1 ? "" : ", ")
                .append('"')
                .append(setting)
                .append("\": \"")
                .append(value)
                .append('"'));
        return json.append('}').toString();
    }

    /**
     * Ends the role's sessions, gives its objects to the owner, and drops it. Objects or privileges in other databases,
     * which the library never creates, prevent the drop; the role cannot be used any more then.
     *
     * @return a statement that does nothing if there is no such role
     */
    public static Query drop(String role, String owner) {
        return statement(
                "do {0}",
                literal(Sql.text(statement(
                        """
                        declare
                          patience timestamptz := pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => {0} / 1000.0);
                        begin
                          delete from pg_catalog.pg_dist_authinfo where rolename = {1};
                          if not exists (select from pg_catalog.pg_roles where rolname = {1}) then
                            return;
                          end if;
                          alter role {2} nologin password null;
                          loop
                            perform pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity where usename = {1};
                            perform pg_catalog.pg_stat_clear_snapshot();
                            exit when pg_catalog.clock_timestamp() > patience or not exists (
                              select from pg_catalog.pg_stat_activity where usename = {1});
                            perform pg_catalog.pg_sleep(0.002);
                          end loop;
                          if exists (select from pg_catalog.pg_roles where rolname = {3}) then
                            reassign owned by {2} to {4};
                          end if;
                          drop owned by {2};
                          delete from pg_catalog.pg_dist_object
                          where classid = 'pg_catalog.pg_authid'::pg_catalog.regclass
                            and objid = (select oid from pg_catalog.pg_roles where rolname = {1});
                          begin
                            drop role {2};
                          exception when dependent_objects_still_exist then
                            if exists (select from pg_catalog.pg_roles where rolname = {3}) then
                              revoke {4} from {2};
                            end if;
                          end;
                        end""", literal(PATIENCE), literal(role), identifier(role), literal(owner), identifier(owner)))));
    }

    /**
     * Returns the temporary roles of a project on a node.
     *
     * @return a row per role, with {@link #ROLE} and {@link #OWNER}, which is empty if it is no member of any
     */
    public static Select<?> of(String project) {
        return select(
                        field("r.rolname", SQLDataType.VARCHAR).as(ROLE),
                        field(
                                        "coalesce((select g.rolname from pg_catalog.pg_auth_members as m join pg_catalog.pg_roles "
                                                + "as g on g.oid = m.roleid where m.member = r.oid limit 1), '')",
                                        SQLDataType.VARCHAR)
                                .as(OWNER))
                .from(DSL.table(name("pg_catalog", "pg_roles")).as("r"))
                .where(DSL.condition("pg_catalog.starts_with(r.rolname, {0})", literal(PREFIX)))
                .and(DSL.condition(
                        "pg_catalog.shobj_description(r.oid, 'pg_authid') = {0}", literal(PURPOSE + project)));
    }

    /** Returns the key of the lock that an operation holds as long as it needs the role. */
    public static String lock(String role) {
        return LOCK + role;
    }

    /**
     * Takes such a lock if it is free.
     *
     * @return a query that returns one row, with {@link #FREE}
     */
    public static ResultQuery<? extends Record> tryLock(String role) {
        return select(field(
                        "pg_catalog.pg_try_advisory_lock(pg_catalog.hashtextextended({0}, 0))",
                        SQLDataType.BOOLEAN, literal(lock(role)))
                .as(FREE));
    }
}
