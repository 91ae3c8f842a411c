package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An admin may have Citus carry CREATE DATABASE to all nodes, which it does for copies of template1 only. */
@Tag("asks-for-passwords")
@Tag("through-coordinator")
@RequiresCluster(ofItsOwn = true)
class DatabasePropagationTest {

    private static final String SETTING = "citus.enable_create_database_propagation";

    private final TestCluster nodes;

    DatabasePropagationTest(TestCluster nodes) throws SQLException, InterruptedException {
        this.nodes = nodes;
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            nodes.ask(node, "postgres", "alter system set " + SETTING + " = on");
            nodes.ask(node, "postgres", "select pg_reload_conf()");
            Await.until(() -> nodes.ask(node, "template1", "show " + SETTING).contains("on"));
        }
    }

    @Test
    void create_clone_and_drop_succeed_with_database_propagation_through_the_coordinator() throws SQLException {
        createCopyAndDrop(false);
    }

    @Test
    @Tag("long")
    void create_clone_and_drop_succeed_with_database_propagation_by_direct_connections() throws SQLException {
        createCopyAndDrop(true);
    }

    private void createCopyAndDrop(boolean direct) throws SQLException {
        String name = TestCluster.unique("propagated");
        try (CitusCluster cluster = CitusCluster.connect(nodes.options().directWorkerConnections(direct))) {
            Project first = request(cluster, name).create();
            Project clone = first.cloneTo(name + "_clone");
            List<ProjectOutcome> blank = cluster.create(Stream.of("_1", "_2", "_3")
                    .map(suffix -> request(cluster, name + suffix))
                    .toList());

            assertThat(blank)
                    .allSatisfy(outcome -> assertThat(outcome.failure()).isEmpty());
            assertThat(TestCluster.besidesTrust(cluster.verify()).isClean()).isTrue();
            assertThat(request(cluster, name).plan().steps()).isEmpty();
            assertThat(nodes.askAll(
                            "postgres",
                            "select datname from pg_dist_object join pg_database as d on d.oid = objid "
                                    + "where classid = 'pg_database'::regclass and datname <> 'postgres'"))
                    .isEmpty();
            assertThat(nodes.ask("postgres", "show " + SETTING)).containsExactly("on");

            clone.drop();
            first.drop();
            blank.forEach(outcome -> outcome.project().orElseThrow().drop());
            assertThatNodes(nodes).hasNoDatabaseStartingWith(name);
        }
    }

    private static ProjectRequest request(CitusCluster cluster, String name) {
        return cluster.project(name).withUser(name + "_user", Secret.of("any"));
    }
}
