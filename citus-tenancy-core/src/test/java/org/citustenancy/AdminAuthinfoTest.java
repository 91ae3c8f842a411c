package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.TestCluster.bind;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes that know the admin's password from nowhere but pg_dist_authinfo of the maintenance database. */
@Tag("long")
@Tag("asks-for-passwords")
@RequiresCluster(ofItsOwn = true)
class AdminAuthinfoTest {

    private static final String ROWS =
            "select rolename || ' ' || nodeid from pg_dist_authinfo where rolename = 'postgres'";

    private final TestCluster nodes;

    AdminAuthinfoTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void authinfo_of_the_maintenance_database_is_copied_into_each_project_on_each_node() throws Exception {
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            removePasswordFile(node);
        }
        try (CitusCluster cluster = nodes.connect()) {
            assertThatThrownBy(() -> request(cluster, "no_way").create())
                    .isInstanceOf(CitusTenancyException.class)
                    .hasMessageContaining("password file")
                    .hasMessageContaining("pg_dist_authinfo of the maintenance database");
        }
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            writeAuthinfo(node);
        }

        createAndUse(false);
        createAndUse(true);

        for (EmbeddedNode node : nodes.embedded().nodes()) {
            assertThat(node.log()).doesNotContain(nodes.embedded().adminPassword());
        }
    }

    private void createAndUse(boolean direct) throws SQLException {
        String name = TestCluster.unique("authinfo");
        try (CitusCluster cluster = CitusCluster.connect(nodes.options().directWorkerConnections(direct))) {
            assertThat(request(cluster, name).plan().toString())
                    .contains("let the admin through to the other nodes, as in the maintenance database")
                    .doesNotContain(nodes.embedded().adminPassword());
            Project project = request(cluster, name).create();
            Project clone = project.cloneTo(name + "_clone");
            List<ProjectOutcome> blank = cluster.create(Stream.of("_1", "_2", "_3")
                    .map(suffix -> request(cluster, name + suffix))
                    .toList());

            assertThat(blank)
                    .allSatisfy(outcome -> assertThat(outcome.failure()).isEmpty());
            for (String each : List.of(name, name + "_clone", name + "_1")) {
                assertThat(nodes.askAll(each, ROWS)).containsExactly("postgres 0");
                assertThat(TestCluster.besidesTrust(cluster.getProject(each).verify())
                                .findings())
                        .isEmpty();
            }
            assertThat(request(cluster, name).plan().steps()).isEmpty();
            assertThat(nodes.askAll("postgres", "select 1 from pg_database where datname = 'citus_tenancy_blank'"))
                    .hasSize(1);
            for (EmbeddedNode worker : nodes.embedded().workers()) {
                nodes.ask(worker, name, "delete from pg_dist_authinfo where rolename = 'postgres'");
            }
            nodes.ask(name, "delete from pg_dist_authinfo where rolename = 'postgres'");
            project.repair();
            assertThat(nodes.askAll(name, ROWS)).containsExactly("postgres 0");

            clone.drop();
            project.drop();
            blank.forEach(outcome -> outcome.project().orElseThrow().drop());
        }
    }

    private void removePasswordFile(EmbeddedNode node) throws Exception {
        Path data = Path.of(nodes.ask(node, "postgres", "show data_directory").get(0));
        Files.delete(data.resolveSibling("passwords"));
        // What is cached would not need it any more.
        node.stop();
        node.start();
    }

    private void writeAuthinfo(EmbeddedNode node) throws SQLException {
        try (Connection session = nodes.open(node, "postgres")) {
            TestCluster.ask(session, "set log_statement = 'none'");
            TestCluster.ask(
                    session,
                    bind(
                            "insert into pg_dist_authinfo values (0, 'postgres', ?)",
                            "password=" + nodes.embedded().adminPassword()));
        }
    }

    private static ProjectRequest request(CitusCluster cluster, String name) {
        return cluster.project(name).withUser(name + "_user", Secret.of("any"));
    }
}
