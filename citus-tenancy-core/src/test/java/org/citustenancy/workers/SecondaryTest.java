package org.citustenancy.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.citustenancy.CitusCluster;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.testing.RichProject;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A cluster with a registered secondary of a worker; each test begins where the one before ended. */
@Tag("once")
@Order(4)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecondaryTest {

    private static final String HERE = "127.0.0.1";

    /** The rich project has a table without a replica identity. */
    private static final Rebalancing BLOCKING = Rebalancing.STANDARD.by(ShardTransfer.BLOCK_WRITES);

    private final EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
            .workers(2)
            .ownSystemIdentifiers()
            .authentication(Authentication.SCRAM_SHA_256)
            .setting("max_worker_processes", "100")
            .setting("citus.recover_2pc_interval", "10min"));
    private final TestCluster nodes = TestCluster.closed(embedded);
    private final CitusCluster cluster = nodes.connect();
    private final EmbeddedNode primary = embedded.workers().get(0);
    private final EmbeddedNode secondary = embedded.addStandby(primary);
    private final EmbeddedNode joining = embedded.addNode();
    private final List<String> projects = new ArrayList<>(List.of("rich"));
    private RichProject rich;

    @AfterAll
    void end() {
        cluster.close();
        embedded.close();
    }

    private void assertSound(String... secondaries) throws SQLException {
        assertThat(cluster.verify().findings()).noneMatch(SecondaryTest::isFault);
        for (String project : projects) {
            assertThat(cluster.getProject(project).verify().findings())
                    .as(project)
                    .noneMatch(SecondaryTest::isFault);
            assertThat(nodes.ask(project, "select nodeport from pg_dist_node where noderole = 'secondary'"))
                    .as(project)
                    .containsExactly(secondaries);
        }
    }

    /** The rich project has grants that wait, and the secondary itself is worth a notice. */
    private static boolean isFault(Finding finding) {
        return finding.severity() != Severity.NOTICE;
    }

    private static String port(EmbeddedNode node) {
        return String.valueOf(node.port());
    }

    @Test
    @Order(1)
    void new_projects_and_clones_have_the_secondary() throws SQLException {
        nodes.ask(
                "postgres",
                TestCluster.bind(
                        "select citus_add_secondary_node(?, ?, ?, ?)", HERE, secondary.port(), HERE, primary.port()));
        rich = RichProject.create(nodes, cluster, "rich");
        RichProject.State before = rich.state();
        cluster.getProject("rich").cloneTo("cloned");
        projects.add("cloned");

        assertSound(port(secondary));
        assertThat(rich.state()).isEqualTo(before);
    }

    @Test
    @Order(2)
    void secondary_is_neither_a_worker_nor_a_place_for_shards() {
        String secondaryOf = "a secondary of the worker " + HERE + ":" + primary.port();
        assertThatThrownBy(() -> cluster.workers().add(HERE, secondary.port()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("registered as " + secondaryOf);
        assertThatThrownBy(() -> cluster.workers().drain(HERE, secondary.port(), BLOCKING))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(secondaryOf);
        assertThat(cluster.getProject("rich").tables().shardsPerNode())
                .doesNotContainKey(HERE + ":" + secondary.port())
                .containsKey(HERE + ":" + primary.port());
    }

    @Test
    @Order(4)
    void worker_joins_beside_a_secondary() throws SQLException {
        SortedMap<String, String> before = rich.state().contents();

        cluster.workers().add(HERE, joining.port(), BLOCKING).orThrow();

        assertSound(port(secondary));
        assertThat(rich.state().contents()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void secondary_leaves_all_projects_or_those_that_are_repaired() throws SQLException {
        RichProject.State before = rich.state();
        String register = TestCluster.bind(
                "select citus_add_secondary_node(?, ?, ?, ?)", HERE, secondary.port(), HERE, primary.port());
        assertThat(cluster.workers().planRemove(HERE, secondary.port()).toString())
                .contains("take out the secondary " + HERE + ":" + secondary.port());

        cluster.workers().remove(HERE, secondary.port()).orThrow();

        assertSound();
        assertThat(rich.state()).isEqualTo(before);
        nodes.ask("cloned", register);
        assertThat(cluster.getProject("cloned").verify().findings())
                .anySatisfy(finding -> assertThat(finding.what()).contains("which the cluster does not have"));
        cluster.getProject("cloned").repair();
        assertSound();
        nodes.ask("postgres", register);
        for (String project : projects) {
            cluster.getProject(project).repair();
        }
        assertSound(port(secondary));
    }

    @Test
    @Order(6)
    void removed_worker_takes_its_secondary_with_it() throws SQLException {
        SortedMap<String, String> before = rich.state().contents();
        NodePlan plan = cluster.workers().planRemove(HERE, primary.port(), BLOCKING);

        NodeChange change =
                cluster.workers().remove(HERE, primary.port(), BLOCKING).orThrow();

        assertThat(plan.toString()).contains("take out the secondary " + HERE + ":" + secondary.port());
        assertThat(change.changed()).isTrue();
        assertSound();
        assertThat(rich.state().contents()).isEqualTo(before);
    }

    @Test
    @Tag("long")
    @Order(7)
    void dead_worker_takes_its_secondary_with_it() throws SQLException {
        EmbeddedNode dead = embedded.workers().get(1);
        EmbeddedNode standby = embedded.addStandby(dead);
        assertThatThrownBy(() -> cluster.workers().add(HERE, standby.port()))
                .as("a standby that is not registered")
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("It is a standby, which accepts no writes");
        nodes.ask(
                "postgres",
                TestCluster.bind(
                        "select citus_add_secondary_node(?, ?, ?, ?)", HERE, standby.port(), HERE, dead.port()));
        cluster.repair().forEach(outcome -> assertThat(outcome.failure()).isEmpty());
        assertSound(port(standby));
        cluster.workers().drain(HERE, dead.port(), BLOCKING).orThrow();
        dead.kill();
        assertThatThrownBy(() ->
                        cluster.workers().remove(HERE, embedded.coordinator().port()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("but the coordinator");

        cluster.workers().remove(HERE, dead.port()).orThrow();

        assertSound();
    }

    @Test
    @Tag("long")
    @Order(8)
    void project_that_has_not_followed_a_failover_keeps_the_node() throws SQLException {
        EmbeddedNode standby = embedded.addStandby(joining);
        nodes.ask(
                "postgres",
                TestCluster.bind(
                        "select citus_add_secondary_node(?, ?, ?, ?)", HERE, standby.port(), HERE, joining.port()));
        cluster.repair().forEach(outcome -> assertThat(outcome.failure()).isEmpty());
        joining.kill();
        standby.promote();
        String address = "update pg_dist_node set nodeport = ? where nodeport = ?";
        nodes.ask("postgres", TestCluster.bind(address, 1, standby.port()));
        nodes.ask("postgres", TestCluster.bind(address, standby.port(), joining.port()));
        nodes.ask("postgres", TestCluster.bind(address, joining.port(), 1));

        assertThat(cluster.workers().remove(HERE, joining.port()).failures().values())
                .hasSize(projects.size())
                .allSatisfy(failure -> assertThat(failure).hasMessageContaining("has not followed a failover"));
        cluster.workers().relocate(HERE, joining.port(), HERE, standby.port()).orThrow();
        assertSound(port(joining));
    }
}
