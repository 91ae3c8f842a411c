package org.citustenancy.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.CitusCluster;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL evaluates constants of users where it makes objects: those of composite types with the checks of their domains,
 * the bounds of partitions, immutable functions of constants in indexes. A worker that joins gets all objects at once.
 */
@Tag("asks-for-passwords")
class HostileConstantsTest {

    private static final String BODIES = """
            select f.proname, pg_get_functiondef(f.oid), f.proowner::regrole from pg_proc f
            join pg_roles r on r.oid = f.proowner and not r.rolsuper
            join pg_dist_object o on o.classid = 'pg_proc'::regclass and o.objid = f.oid
            where f.prokind <> 'a' order by 1, 2""";

    @Test
    void constants_of_an_owner_run_no_code_as_a_superuser_on_a_new_worker() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().workers(1).authentication(Authentication.SCRAM_SHA_256))) {
            TestCluster nodes = new TestCluster(embedded);
            try (CitusCluster cluster = nodes.connect()) {
                HostileProject hostile = HostileProject.named(nodes, "constants");
                hostile.create(cluster);
                hostile.asOwner(objects().toArray(String[]::new));
                PayloadLog log = new PayloadLog(nodes);
                log.next();
                EmbeddedNode joining = embedded.addNode();

                cluster.workers().add("127.0.0.1", joining.port()).orThrow();

                hostile.assertNoPayloadRanAsMoreThanTheOwner(log.next());
                assertBodiesAre(nodes, hostile, joining);
                assertThat(cluster.getProject(hostile.name()).verify().findings())
                        .isEmpty();

                // A worker on which a function was dropped gets everything again.
                try (var admin = nodes.open(joining, hostile.name())) {
                    TestCluster.ask(admin, "set citus.enable_ddl_propagation = off");
                    TestCluster.ask(admin, "drop function public.c_rows(bigint)");
                }
                cluster.getProject(hostile.name()).repair();

                hostile.assertNoPayloadRanAsMoreThanTheOwner(log.next());
                assertBodiesAre(nodes, hostile, joining);
                assertThat(cluster.getProject(hostile.name()).verify().findings())
                        .isEmpty();
            }
        }
    }

    private static void assertBodiesAre(TestCluster nodes, HostileProject hostile, EmbeddedNode joining)
            throws Exception {
        List<String> bodies = nodes.ask(hostile.name(), BODIES);
        assertThat(bodies).hasSizeGreaterThan(6).noneMatch(body -> body.contains("placeholder"));
        assertThat(nodes.ask(joining, hostile.name(), BODIES)).isEqualTo(bodies);
        assertThat(nodes.ask(
                        joining,
                        hostile.name(),
                        hostile.attacker(),
                        HostileProject.PASSWORD.reveal(),
                        "select public.c_sum(20, 22)"))
                .containsExactly("42");
    }

    /** A type for each place, so that it shows where a constant was evaluated. */
    private static List<String> type(String place) {
        return List.of(
                "create domain evil.\"d " + place + "\" as bigint check (evil.ran('" + place + "', value))",
                "create type evil.\"" + place + "\" as (n evil.\"d " + place + "\")");
    }

    private static List<String> objects() {
        return Stream.of(
                        Stream.of(
                                        "default",
                                        "check",
                                        "view",
                                        "argument",
                                        "bound",
                                        "array",
                                        "generated",
                                        "schema",
                                        "body")
                                .flatMap(place -> type(place).stream()),
                        Stream.of(
                                "create table c_rows (id bigint, a evil.\"default\" default '(1)', b evil.\"check\" "
                                        + "check (b is distinct from '(2)'::evil.\"check\"), c evil.generated generated always "
                                        + "as (case when id > 3 then '(3)'::evil.generated end) stored, "
                                        + "e evil.\"d array\"[] default '{4,5}')",
                                "create index on c_rows (id) where evil.ran('predicate')",
                                "create index on c_rows ((id + evil.number('expression', 1)))",
                                "alter table c_rows enable row level security",
                                "create policy watched on c_rows using (b is distinct from '(7)'::evil.\"check\")",
                                "select create_distributed_table('c_rows', 'id', shard_count => 4)",
                                "create table c_parts (id bigint, n evil.\"d bound\") partition by range (n)",
                                "create table c_parts_low partition of c_parts for values from (0) to (10)",
                                "select create_distributed_table('c_parts', 'id', shard_count => 4)",
                                "create table c_keys (id bigint) partition by range ((id + evil.number('key', 1)))",
                                "create table c_keys_low partition of c_keys (check (evil.ran('attached'))) "
                                        + "for values from (0) to (10)",
                                "select create_distributed_table('c_keys', 'id', shard_count => 4)",
                                "create table c_reference (id bigint, a evil.\"default\" default '(1)')",
                                "insert into c_reference values (1)",
                                "select create_reference_table('c_reference')",
                                "create view c_view as select id, '(8)'::evil.view as v from c_rows",
                                "create schema c_schema",
                                "select citus_schema_distribute('c_schema')",
                                "create table c_schema.rows (id bigint, a evil.schema default '(1)')"),
                        // Every form of a function, since a placeholder must fit each.
                        Stream.of(
                                "create function c_argument(a evil.argument default '(9)') returns int language sql as 'select 1'",
                                "create function c_sum(a int, b int) returns int language sql strict begin atomic select a + b; end",
                                "create function c_body() returns int language sql begin atomic "
                                        + "select (('(6)'::evil.body).n)::int; end",
                                "create function c_rows(bigint) returns setof bigint language sql as 'select $1'",
                                "create function c_table(int) returns table (a int, b text) language plpgsql as "
                                        + "$$ begin return query select 1, 'one'; end $$",
                                "create function c_out(a int, out b int, out c text) language plpgsql as "
                                        + "$$ begin b := a; c := 'c'; end $$",
                                "create function c_inout(inout a int) language plpgsql as $$ begin a := a + 1; end $$",
                                "create function c_void() returns void language plpgsql as $$ begin end $$",
                                "create function c_record() returns record language sql as 'select 1, 2'",
                                "create function c_any(anyelement, variadic int[]) returns anyelement language sql as 'select $1'",
                                "create function c_fire() returns trigger language plpgsql security definer "
                                        + "set work_mem = '1MB' as $$ begin return new; end $$",
                                "create procedure c_procedure(inout a int) language plpgsql as $$ begin a := 1; end $$",
                                "create aggregate c_total(bigint) (sfunc = int8pl, stype = bigint, initcond = '0')"))
                .flatMap(statements -> statements)
                .toList();
    }
}
