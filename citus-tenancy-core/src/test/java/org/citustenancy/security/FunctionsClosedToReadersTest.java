package org.citustenancy.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.Finding;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.citustenancy.users.TableGrant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Functions that PostgreSQL and Citus leave open to PUBLIC, and by which a user harms the project or the nodes. */
@Tag("asks-for-passwords")
@RequiresCluster
class FunctionsClosedToReadersTest {

    private static final Secret PASSWORD = Secret.of("functions-Password");

    /** All that PUBLIC may execute and should not, as the catalog has it. */
    private static final String OPEN_TO_PUBLIC = "select n.nspname || '.' || p.proname from pg_proc p "
            + "join pg_namespace n on n.oid = p.pronamespace "
            + "cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x where x.grantee = 0 and "
            + "(n.nspname = 'citus_internal' or n.nspname = 'pg_catalog' and (p.proname like 'citus\\_internal\\_%' "
            + "or p.proname = 'citus_check_connection_to_node' or p.proname in ('lo_creat', 'lo_create', 'lo_from_bytea', "
            + "'lo_put', 'lowrite', 'lo_truncate', 'lo_truncate64', 'lo_unlink'))) "
            + "and p.proname not like '%\\_blocked\\_processes' order by 1";

    private final TestCluster nodes;

    FunctionsClosedToReadersTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void readers_cannot_call_dangerous_functions_on_any_node() throws SQLException {
        String name = TestCluster.unique("functions");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = create(cluster, name);
            assertClosed(name, List.of(user(name, "ro"), user(name, "t")));
            assertThat(project.verify().findings()).isEmpty();

            for (EmbeddedNode node : nodes.embedded().nodes()) {
                nodes.ask(node, name, "grant execute on function lo_create(oid) to public");
                nodes.ask(
                        node,
                        name,
                        "grant execute on function citus_check_connection_to_node(text, integer) to " + name + "_ro");
                nodes.ask(
                        node,
                        name,
                        "revoke execute on function citus_internal_add_tenant_schema(oid, integer) from " + name
                                + "_o");
            }
            EmbeddedNode worker = nodes.embedded().workers().get(0);
            assertThat(user(name, "ro").tries(worker, name, "select lo_create(0)"))
                    .isEqualTo(Intruder.DONE);
            nodes.ask(worker, name, "select lo_unlink(oid) from pg_largeobject_metadata");
            assertThat(project.verify().findings())
                    .hasSize(nodes.embedded().nodes().size())
                    .extracting(Finding::what)
                    .allSatisfy(what -> assertThat(what)
                            .contains("PUBLIC")
                            .contains(name + "_ro")
                            .contains(name + "_o"));

            assertThat(project.repair().outcomes())
                    .hasSize(nodes.embedded().nodes().size());

            assertClosed(name, List.of(user(name, "ro"), user(name, "t")));
            assertThat(project.verify().findings()).isEmpty();
            assertThat(project.repair().outcomes()).isEmpty();
        }
    }

    @Test
    @Tag("long")
    void readers_cannot_call_dangerous_functions_in_copies() throws SQLException {
        String name = TestCluster.unique("functions_copy");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = create(cluster, name);
            project.cloneTo(name + "_clone");
            cluster.template(
                            cluster.project(name + "_template")
                                    .withUser(name + "_o", PASSWORD)
                                    .withReadOnlyUser(name + "_ro", PASSWORD),
                            "1",
                            filled -> {})
                    .create(name + "_copy");
            List<String> batch = List.of(name + "_1", name + "_2", name + "_3");
            cluster.create(batch.stream()
                            .map(each -> cluster.project(each)
                                    .withUser(name + "_o", PASSWORD)
                                    .withReadOnlyUser(name + "_ro", PASSWORD))
                            .toList())
                    .forEach(outcome -> assertThat(outcome.failure()).isEmpty());

            for (String copy : List.of(name + "_clone", name + "_copy", batch.get(0), batch.get(2))) {
                assertClosed(copy, List.of(user(name, "ro")));
                assertThat(cluster.getProject(copy).verify().findings()).isEmpty();
                assertThat(
                                user(name, "o")
                                        .tries(
                                                nodes.embedded().coordinator(),
                                                copy,
                                                "create table t (id bigint); select create_distributed_table('t', 'id'); drop table t"))
                        .isEqualTo(Intruder.DONE);
            }
        }
    }

    private void assertClosed(String project, List<Intruder> readers) throws SQLException {
        EmbeddedNode target =
                nodes.embedded().nodes().get(nodes.embedded().nodes().size() - 1);
        String schema = nodes.ask(project, "select 'public'::regnamespace::oid").get(0);
        List<String> attacks = List.of(
                "select lo_create(0)",
                "select lo_creat(-1)",
                "select lo_from_bytea(0, 'x')",
                "select lo_put(lo_create(0), 0, 'x')",
                "select citus_check_connection_to_node('127.0.0.1', " + target.port() + ")",
                "do $$ begin if (select not bool_or(success) from run_command_on_workers('select lo_create(0)')) "
                        + "then raise insufficient_privilege; end if; end $$");
        List<String> attacksAsNode = List.of(
                "select citus_internal_add_tenant_schema(" + schema + ", 1)",
                "select citus_internal_delete_tenant_schema(" + schema + ")");
        List<String> answers = new ArrayList<>();
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            for (Intruder reader : readers) {
                assertThat(reader.tries(node, project, "select 1")).isEqualTo(Intruder.DONE);
                attacks.forEach(attack -> answers.add(
                        reader.tries(node, project, attack) + " for " + reader.name() + " on " + node + ": " + attack));
                attacksAsNode.forEach(attack -> answers.add(reader.triesAsNode(node, project, attack) + " for "
                        + reader.name() + " on " + node + ": " + attack));
            }
        }
        assertThat(answers).isNotEmpty().allMatch(answer -> answer.startsWith(Intruder.REFUSED));
        assertThat(nodes.askAll(project, OPEN_TO_PUBLIC)).isEmpty();
        assertThat(nodes.askAll(project, "select count(*) from pg_largeobject_metadata"))
                .containsExactly("0");
    }

    private Project create(CitusCluster cluster, String name) throws SQLException {
        cluster.project(name).withUser(name + "_o", PASSWORD).create();
        nodes.ask(
                nodes.embedded().coordinator(),
                name,
                name + "_o",
                PASSWORD.reveal(),
                "create table later (id bigint); select create_distributed_table('later', 'id')");
        return cluster.project(name)
                .withUser(name + "_o", PASSWORD)
                .withReadWriteUser(name + "_rw", PASSWORD)
                .withReadOnlyUser(name + "_ro", PASSWORD)
                .withTableUser(name + "_t", PASSWORD, options -> options.table(TableGrant.on("later")))
                .create();
    }

    private static Intruder user(String project, String which) {
        return new Intruder(project + "_" + which, PASSWORD.reveal());
    }
}
