package org.citustenancy.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.plan.Finding;
import org.citustenancy.testing.Forwarder;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.citustenancy.workers.NodeChange;
import org.citustenancy.workers.NodePlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A worker and its standby exchange their roles; each test begins where the one before ended. */
@Tag("once")
@Order(4)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkerFailoverTest {

    private static final String HERE = "127.0.0.1";
    private static final String PASSWORD = "failover-Password-1";
    private static final List<String> DATABASES = List.of("postgres", "followed_1", "followed_2");

    private final EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
            .workers(2)
            .ownSystemIdentifiers()
            .authentication(Authentication.SCRAM_SHA_256)
            .setting("max_worker_processes", "100")
            .setting("citus.recover_2pc_interval", "10min"));
    private final TestCluster nodes = TestCluster.closed(embedded);
    private final CitusCluster cluster = nodes.connect();
    private final EmbeddedNode primary = embedded.workers().get(0);
    private final EmbeddedNode other = embedded.workers().get(1);
    private final List<Project> projects = List.of(project("followed_1"), project("followed_2"));
    private final EmbeddedNode standby = embedded.addStandby(primary);

    private Project project(String name) {
        try {
            Project project = cluster.project(name)
                    .withUser(name + "_user", Secret.of(PASSWORD))
                    .create();
            asOwner(name, "create table facts (id bigint primary key, value text)");
            asOwner(name, "create table kinds (id bigint primary key)");
            asOwner(name, "insert into facts select i, 'x' from generate_series(1, 100) i");
            project.tables().distribute("facts", "id", options -> options.shardCount(8));
            project.tables().reference("kinds");
            return project;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private List<String> asOwner(String name, String sql) throws SQLException {
        return nodes.ask(embedded.coordinator(), name, name + "_user", PASSWORD, sql);
    }

    @AfterAll
    void end() {
        cluster.close();
        embedded.close();
    }

    /** Every database has the address, and clients write to all shards. */
    private void assertFollowed(EmbeddedNode current) throws SQLException {
        for (String database : DATABASES) {
            assertThat(
                            nodes.ask(
                                    database,
                                    "select nodeport from pg_dist_node where noderole = 'primary' and groupid <> 0 order by nodeid"))
                    .as(database)
                    .containsExactly(String.valueOf(current.port()), String.valueOf(other.port()));
        }
        for (Project project : projects) {
            asOwner(project.name(), "update facts set value = 'p" + current.port() + "'");
            assertThat(asOwner(project.name(), "select count(*), min(value), max(value) from facts"))
                    .containsExactly("100|p" + current.port() + "|p" + current.port());
        }
    }

    private NodeChange relocate(String host, int port, String newHost, int newPort) {
        // begin high-availability-relocate
        NodeChange change =
                cluster.workers().relocate(host, port, newHost, newPort).orThrow();
        // end high-availability-relocate
        return change;
    }

    private List<Finding> findings() {
        List<Finding> all = new ArrayList<>(cluster.verify().findings());
        for (Project project : projects) {
            all.addAll(project.verify().findings());
        }
        return all;
    }

    @Test
    @Order(1)
    void relocate_refuses_a_standby_that_was_not_promoted() throws SQLException {
        assertThat(findings()).isEmpty();

        assertThatThrownBy(() -> cluster.workers().relocate(HERE, primary.port(), HERE, standby.port()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("is a standby that was not promoted")
                .hasMessageContaining("fix: promote it");
        assertThatThrownBy(() -> cluster.workers().planRelocate(HERE, primary.port(), HERE, standby.port()))
                .isInstanceOf(ConflictException.class);
        assertFollowed(primary);
    }

    @Test
    @Order(2)
    void relocate_refuses_another_server_with_the_same_group() throws SQLException {
        EmbeddedNode stranger = embedded.addNode();
        nodes.ask(stranger, "postgres", "create extension citus");
        nodes.ask(
                stranger,
                "postgres",
                "update pg_dist_local_group set groupid = "
                        + nodes.ask(primary, "postgres", "select groupid from pg_dist_local_group")
                                .get(0));

        assertThatThrownBy(() -> cluster.workers().relocate(HERE, primary.port(), HERE, stranger.port()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("is not the worker " + HERE + ":" + primary.port())
                .hasMessageContaining("system identifier");
        stranger.stop();
        assertThatThrownBy(() -> cluster.workers().relocate(HERE, primary.port(), HERE, stranger.port()))
                .isInstanceOf(NodeUnreachableException.class);
        assertFollowed(primary);
    }

    @Test
    @Order(3)
    void relocate_follows_a_switchover_in_every_database() throws SQLException {
        primary.stop();
        standby.promote();

        NodePlan plan = cluster.workers().planRelocate(HERE, primary.port(), HERE, standby.port());
        NodeChange change = relocate(HERE, primary.port(), HERE, standby.port());

        assertThat(plan.orThrow().projects()).containsOnlyKeys("followed_1", "followed_2");
        assertThat(change.projects())
                .allSatisfy((project, steps) -> assertThat(steps).hasSize(1));
        assertFollowed(standby);
        assertThat(findings()).isEmpty();
        assertThat(cluster.workers()
                        .relocate(HERE, primary.port(), HERE, standby.port())
                        .changed())
                .isFalse();
    }

    @Test
    @Order(4)
    void relocate_exchanges_the_addresses_of_a_registered_secondary() throws SQLException {
        primary.follow(standby);
        primary.start();
        for (String database : List.of("postgres", "followed_1")) {
            nodes.ask(
                    database,
                    TestCluster.bind(
                            "select citus_add_secondary_node(?, ?, ?, ?)", HERE, primary.port(), HERE, standby.port()));
        }
        assertThat(cluster.topology().toString()).contains("(secondary " + HERE + ":" + primary.port() + ")");
        String missing = "does not know the secondary " + HERE + ":" + primary.port();
        assertThat(projects.get(1).verify().findings())
                .anySatisfy(finding -> assertThat(finding.what()).contains(missing));
        projects.get(1).repair();
        assertThat(projects.get(1).verify().findings())
                .noneSatisfy(finding -> assertThat(finding.what()).contains(missing));
        assertThatThrownBy(() -> cluster.workers().relocate(HERE, standby.port(), HERE, primary.port()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("standby that was not promoted");
        standby.kill();
        primary.promote();

        cluster.workers().relocate(HERE, standby.port(), HERE, primary.port()).orThrow();

        assertFollowed(primary);
        for (String database : DATABASES) {
            assertThat(nodes.ask(database, "select nodeport from pg_dist_node where noderole = 'secondary'"))
                    .as(database)
                    .containsExactly(String.valueOf(standby.port()));
        }
    }

    @Test
    @Order(5)
    void relocate_refuses_a_superseded_primary() throws SQLException {
        standby.start();

        assertThatThrownBy(() -> cluster.workers().relocate(HERE, primary.port(), HERE, standby.port()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("was superseded")
                .hasMessageContaining("timeline 00000003");

        standby.stop();
        assertFollowed(primary);
        for (String database : DATABASES) {
            nodes.ask(database, TestCluster.bind("select citus_remove_node(?, ?)", HERE, standby.port()));
        }
    }

    @Test
    @Order(6)
    void repair_gives_projects_the_address_that_another_program_gave_the_cluster() throws Exception {
        try (Forwarder moved = Forwarder.to(primary.port())) {
            changeAddress("postgres", primary.port(), moved.port());

            assertThat(projects.get(0).verify().findings())
                    .extracting(Finding::what)
                    .anySatisfy(what -> assertThat(what)
                            .contains("lists the worker " + HERE + ":" + moved.port())
                            .contains("former address " + HERE + ":" + primary.port()))
                    .noneSatisfy(what -> assertThat(what).contains("that the cluster does not"));
            assertThat(findings()).extracting(Finding::action).noneSatisfy(fix -> assertThat(fix)
                    .contains("workers().remove"));

            projects.get(0).repair();

            assertThat(projects.get(0).verify().findings()).isEmpty();
            assertThat(asOwner("followed_1", "select count(*) from facts")).containsExactly("100");
            // The second one follows by relocate, although the cluster has the address already.
            cluster.workers().relocate(HERE, primary.port(), HERE, moved.port()).orThrow();
            assertThat(findings()).isEmpty();
            cluster.workers().relocate(HERE, moved.port(), HERE, primary.port()).orThrow();
        }
        assertFollowed(primary);
    }

    @Test
    @Order(7)
    void relocate_finds_the_worker_in_a_database_that_missed_an_earlier_change() throws Exception {
        try (Forwarder first = Forwarder.to(primary.port());
                Forwarder second = Forwarder.to(primary.port())) {
            changeAddress("followed_2", primary.port(), first.port());
            changeAddress("postgres", primary.port(), second.port());

            cluster.workers()
                    .relocate(HERE, primary.port(), HERE, second.port())
                    .orThrow();

            assertThat(findings()).isEmpty();
            cluster.workers()
                    .relocate(HERE, second.port(), HERE, primary.port())
                    .orThrow();
        }
        assertFollowed(primary);
    }

    private void changeAddress(String database, int from, int to) throws SQLException {
        nodes.ask(
                database,
                TestCluster.bind(
                        "select citus_update_node(nodeid, ?, ?) from pg_dist_node where nodeport = ?", HERE, to, from));
        nodes.ask(database, "select pg_sleep(0.1)");
    }

    @Test
    @Order(8)
    void verify_finds_a_standby_at_the_registered_address() throws SQLException {
        EmbeddedNode next = embedded.addStandby(primary);
        primary.stop();
        next.promote();
        primary.follow(next);
        primary.start();

        assertThat(cluster.verify().findings()).anySatisfy(finding -> {
            assertThat(finding.place()).contains(String.valueOf(primary.port()));
            assertThat(finding.what()).contains("is a standby", "another server took over");
            assertThat(finding.action()).contains("workers().relocate");
        });

        cluster.workers().relocate(HERE, primary.port(), HERE, next.port()).orThrow();
        assertFollowed(next);
        assertThat(findings()).isEmpty();
    }

    @Test
    @Order(9)
    void relocate_does_not_wait_for_a_former_primary_that_hangs() throws SQLException {
        EmbeddedNode hung = embedded.nodes().get(embedded.nodes().size() - 1);
        EmbeddedNode next = embedded.addStandby(hung);
        hung.pause();
        next.promote();

        try (CitusCluster hurried = CitusCluster.connect(nodes.options().deadline(Duration.ofSeconds(30)))) {
            hurried.workers().relocate(HERE, hung.port(), HERE, next.port()).orThrow();
        }

        hung.kill();
        assertFollowed(next);
        assertThat(findings()).isEmpty();
    }
}
