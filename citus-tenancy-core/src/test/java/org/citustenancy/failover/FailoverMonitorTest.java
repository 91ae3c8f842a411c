package org.citustenancy.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.FailoverMonitor;
import org.citustenancy.Project;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.Forwarder;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A monitor follows one failover after another; each test begins where the one before ended. */
@Tag("once")
@Order(4)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FailoverMonitorTest {

    private static final String HERE = "127.0.0.1";
    private static final String PASSWORD = "monitor-Password-1";

    private final EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
            .workers(2)
            .ownSystemIdentifiers()
            .authentication(Authentication.SCRAM_SHA_256)
            .setting("max_worker_processes", "100")
            .setting("citus.recover_2pc_interval", "1h"));
    private final TestCluster nodes = TestCluster.closed(embedded);
    private final EmbeddedNode coordinator = embedded.coordinator();
    private final EmbeddedNode nextCoordinator = embedded.addStandby(coordinator);
    private final CitusCluster cluster = connect();
    private final List<Project> projects = List.of(project("monitored_1"), project("monitored_2"));
    private final EmbeddedNode killed = embedded.workers().get(0);
    private final EmbeddedNode second = embedded.addStandby(killed);
    private final List<EmbeddedNode> directory = new CopyOnWriteArrayList<>();
    private final List<Node> fenced = new CopyOnWriteArrayList<>();
    private final AtomicBoolean fenceFails = new AtomicBoolean();
    private final FailoverMonitor monitor = start(Duration.ofHours(1), HERE, second.port());
    private EmbeddedNode current = killed;

    private CitusCluster connect() {
        return CitusCluster.connect(ClusterOptions.of(
                "jdbc:postgresql://" + HERE + ":" + coordinator.port() + "," + HERE + ":" + nextCoordinator.port()
                        + "/postgres",
                embedded.adminUser(),
                Secret.of(embedded.adminPassword())));
    }

    private FailoverMonitor start(Duration interval, String standbyHost, int standbyPort) {
        // begin high-availability-monitor
        FailoverMonitor monitor = cluster.followFailovers(options -> options.every(interval)
                .withServer(standbyHost, standbyPort)
                .with(this::serversOfDirectory)
                .fence(this::stop));
        // end high-availability-monitor
        return monitor;
    }

    private List<Node> serversOfDirectory() {
        return directory.stream()
                .map(node -> new Node(NodeRole.WORKER, HERE, node.port()))
                .toList();
    }

    private void stop(Node node) {
        if (fenceFails.get()) {
            throw new IllegalStateException("the machine does not stop");
        }
        fenced.add(node);
        embedded.nodes().stream().filter(server -> server.port() == node.port()).forEach(EmbeddedNode::kill);
    }

    private Project project(String name) {
        try {
            Project project = cluster.project(name)
                    .withUser(name + "_user", Secret.of(PASSWORD))
                    .create();
            asOwner(coordinator, name, "create table facts (id bigint primary key, value text)");
            asOwner(coordinator, name, "insert into facts select i, 'x' from generate_series(1, 100) i");
            project.tables().distribute("facts", "id", options -> options.shardCount(8));
            return project;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private List<String> asOwner(EmbeddedNode node, String name, String sql) throws SQLException {
        return nodes.ask(node, name, name + "_user", PASSWORD, sql);
    }

    @AfterAll
    void end() {
        monitor.close();
        cluster.close();
        embedded.close();
    }

    private void assertFollowed(EmbeddedNode through, EmbeddedNode worker) throws SQLException {
        for (Project project : projects) {
            asOwner(through, project.name(), "update facts set value = 'p" + worker.port() + "'");
            assertThat(asOwner(through, project.name(), "select count(*), min(value), max(value) from facts"))
                    .containsExactly("100|p" + worker.port() + "|p" + worker.port());
            assertThat(project.verify().findings()).isEmpty();
        }
        assertThat(cluster.verify().findings()).isEmpty();
    }

    @Test
    @Order(1)
    void monitor_waits_for_a_promotion_and_then_follows_it() throws SQLException {
        assertThat(monitor.checkNow().obstacles()).isEmpty();
        assertThat(monitor.recovery().recoverNow().acted()).isTrue();
        killed.kill();

        FailoverReport before = monitor.checkNow();

        assertThat(before.changes()).isEmpty();
        assertThat(before.obstacles())
                .singleElement()
                .asString()
                .contains(String.valueOf(killed.port()), "does not answer", "no promoted standby");
        second.promote();

        FailoverReport after = monitor.checkNow();

        assertThat(after.obstacles()).isEmpty();
        assertThat(after.changes()).singleElement().satisfies(change -> assertThat(change.projects())
                .hasSize(2));
        assertFollowed(coordinator, second);
        current = second;
        assertThat(monitor.checkNow().changes()).isEmpty();
    }

    @Test
    @Order(2)
    void monitor_follows_a_switchover_after_which_a_standby_answers_at_the_address() throws SQLException {
        EmbeddedNode former = current;
        EmbeddedNode next = embedded.addStandby(former);
        directory.add(next);
        former.stop();
        next.promote();
        former.follow(next);
        former.start();

        fenced.clear();
        assertThat(monitor.recovery().recoverNow().acted()).isFalse();
        assertThat(monitor.checkNow().changes()).hasSize(1);

        assertThat(fenced).as("a standby accepts no writes").isEmpty();
        assertFollowed(coordinator, next);
        assertThat(monitor.recovery().recoverNow().obstacles()).isEmpty();
        current = next;
    }

    @Test
    @Order(3)
    void monitor_fences_a_server_that_hangs() throws SQLException {
        EmbeddedNode hung = current;
        EmbeddedNode next = embedded.addStandby(hung);
        directory.add(next);
        hung.pause();
        next.promote();
        fenced.clear();

        FailoverReport report = monitor.checkNow();

        assertThat(report.obstacles()).isEmpty();
        assertThat(report.changes()).hasSize(1);
        assertThat(fenced).singleElement().satisfies(node -> assertThat(node.port())
                .isEqualTo(hung.port()));
        assertFollowed(coordinator, next);
        current = next;
    }

    @Test
    @Order(4)
    void one_process_acts_and_the_pools_of_all_follow() throws SQLException {
        try (CitusCluster other = connect();
                FailoverMonitor idle = other.followFailovers(
                        options -> options.every(Duration.ofHours(1)).with(this::serversOfDirectory));
                Connection acting = nodes.open(coordinator, "postgres")) {
            List<Topology> heard = new CopyOnWriteArrayList<>();
            other.onTopologyChange(heard::add);
            TestCluster.ask(acting, "select pg_advisory_lock(hashtextextended('citus_tenancy/failover', 0))");
            EmbeddedNode next = embedded.addStandby(current);
            directory.add(next);
            current.kill();
            next.promote();
            assertThat(idle.checkNow().acted()).isFalse();
            heard.clear();
            assertThat(idle.checkNow().acted()).isFalse();
            assertThat(heard).isEmpty();
            TestCluster.ask(acting, "select pg_advisory_unlock_all()");

            assertThat(monitor.checkNow().changes()).hasSize(1);
            idle.checkNow();

            assertThat(heard).last().satisfies(topology -> assertThat(topology.workers())
                    .anySatisfy(worker -> assertThat(worker.port()).isEqualTo(next.port())));
            current = next;
        }
        assertFollowed(coordinator, current);
    }

    @Test
    @Order(5)
    void one_of_ten_instances_gives_the_address_and_all_learn_it() throws Exception {
        List<CitusCluster> instances = Stream.generate(this::connect).limit(10).toList();
        List<FailoverMonitor> monitors = instances.stream()
                .map(instance -> instance.followFailovers(
                        options -> options.every(Duration.ofHours(1)).with(this::serversOfDirectory)))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(monitors.size());
        try {
            // The first round of an instance starts at once, and would follow in place of those below.
            Await.until(
                    () -> monitors.stream().allMatch(each -> each.lastReport().isPresent()));
            EmbeddedNode next = embedded.addStandby(current);
            directory.add(next);
            current.kill();
            next.promote();

            List<FailoverReport> reports = new ArrayList<>();
            for (Future<FailoverReport> report : threads.invokeAll(monitors.stream()
                    .<Callable<FailoverReport>>map(each -> each::checkNow)
                    .toList())) {
                reports.add(report.get());
            }

            assertThat(reports).flatExtracting(FailoverReport::changes).hasSize(1);
            assertThat(reports).flatExtracting(FailoverReport::obstacles).isEmpty();
            for (CitusCluster instance : instances) {
                assertThat(instance.topology().workers())
                        .anySatisfy(worker -> assertThat(worker.port()).isEqualTo(next.port()));
            }
            current = next;
        } finally {
            threads.shutdownNow();
            monitors.forEach(FailoverMonitor::close);
            instances.forEach(CitusCluster::close);
        }
        assertFollowed(coordinator, current);
    }

    @Test
    @Order(6)
    void monitor_gives_projects_the_address_that_another_program_gave_the_cluster() throws Exception {
        monitor.checkNow();
        try (Forwarder moved = Forwarder.to(current.port())) {
            changeAddress(current.port(), moved.port());
            fenced.clear();

            assertThat(monitor.checkNow().changes()).singleElement().satisfies(change -> assertThat(change.projects())
                    .hasSize(2));

            assertThat(fenced).isEmpty();
            assertThat(cluster.verify().findings()).isEmpty();
            changeAddress(moved.port(), current.port());
            assertThat(monitor.checkNow().changes()).hasSize(1);
        }
        assertFollowed(coordinator, current);
    }

    private void changeAddress(int from, int to) throws SQLException {
        nodes.ask(
                "postgres",
                TestCluster.bind(
                        "select citus_update_node(nodeid, ?, ?) from pg_dist_node where nodeport = ?", HERE, to, from));
    }

    @Test
    @Order(7)
    void monitor_leaves_a_node_whose_fence_fails_and_tries_again() throws SQLException {
        EmbeddedNode next = embedded.addStandby(current);
        directory.add(next);
        current.kill();
        next.promote();
        fenceFails.set(true);

        FailoverReport refused = monitor.checkNow();

        assertThat(refused.changes()).isEmpty();
        assertThat(refused.obstacles()).singleElement().asString().contains("the machine does not stop");
        fenceFails.set(false);
        assertThat(monitor.checkNow().changes()).hasSize(1);
        assertFollowed(coordinator, next);
        current = next;
    }

    @Test
    @Order(8)
    void monitor_fences_a_primary_whose_standby_was_promoted() throws SQLException {
        EmbeddedNode former = current;
        EmbeddedNode next = embedded.addStandby(former);
        directory.add(next);
        next.promote();
        fenced.clear();

        assertThat(monitor.recovery().recoverNow().obstacles())
                .singleElement()
                .asString()
                .contains(String.valueOf(next.port()), "was promoted");
        assertThat(monitor.checkNow().changes()).hasSize(1);

        assertThat(fenced).singleElement().satisfies(node -> assertThat(node.port())
                .isEqualTo(former.port()));
        assertFollowed(coordinator, next);
        current = next;
    }

    @Test
    @Order(9)
    void monitor_registers_a_coordinator_that_took_over() throws SQLException {
        directory.add(nextCoordinator);
        coordinator.kill();
        nextCoordinator.promote();

        FailoverReport report = monitor.checkNow();

        assertThat(report.obstacles()).isEmpty();
        assertThat(report.changes()).singleElement().satisfies(change -> assertThat(change.node())
                .isEqualTo(new Node(NodeRole.COORDINATOR, HERE, nextCoordinator.port())));
        assertFollowed(nextCoordinator, current);
        cluster.project("monitored_later").withUser("monitored_later_user").create();
    }
}
