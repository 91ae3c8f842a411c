package org.citustenancy.suspending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.citustenancy.Autosuspend;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.capacity.Capacity;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** More projects than background processes, of which some are in use. */
@Tag("once")
@Order(4)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AutosuspendTest {

    private static final int PROJECTS = 8;
    private static final String PASSWORD = "sleep-Password-1";
    private static final String AWAKE = "select distinct datname from pg_stat_activity "
            + "where backend_type like 'Citus Maintenance Daemon%' and datname like 'sleep%' order by 1";

    private final EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
            .workers(1)
            .authentication(Authentication.SCRAM_SHA_256)
            .setting("max_worker_processes", "12")
            .setting("max_logical_replication_workers", "1"));
    private final TestCluster nodes = TestCluster.closed(embedded);
    private final CitusCluster cluster = CitusCluster.connect(nodes.options().deadline(Duration.ofSeconds(60)));
    private final List<Project> projects = IntStream.rangeClosed(1, PROJECTS)
            .mapToObj(number -> cluster.project("sleep" + number)
                    .withUser("sleep" + number + "_user", Secret.of(PASSWORD))
                    .create())
            .toList();

    @AfterAll
    void end() {
        cluster.close();
        embedded.close();
    }

    private Connection client(int number) throws SQLException {
        ConnectionInfo connection = projects.get(number - 1).connection("sleep" + number + "_user");
        return DriverManager.getConnection(connection.jdbcUrl(), connection.user(), PASSWORD);
    }

    private List<String> awake(EmbeddedNode node) throws SQLException {
        return nodes.ask(node, "postgres", AWAKE);
    }

    private void awaitAwake(String... expected) throws Exception {
        for (EmbeddedNode node : embedded.nodes()) {
            Await.until(() -> awake(node).equals(List.of(expected)));
        }
    }

    @Test
    @Order(4)
    void project_with_short_sessions_stays_awake_and_does_not_delay_others() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        AtomicBoolean ended = new AtomicBoolean();
        for (int number : List.of(1, 2)) {
            client(number).close();
        }
        Future<Void> visiting = threads.submit(() -> {
            while (!ended.get()) {
                client(1).close();
                TimeUnit.MILLISECONDS.sleep(700);
            }
            return null;
        });
        try (Autosuspend autosuspend = cluster.autosuspend(
                options -> options.idleFor(Duration.ofMillis(1)).every(Duration.ofHours(1)))) {
            Await.until(() -> {
                AutosuspendReport report = autosuspend.checkNow();
                return report.obstacles().getOrDefault("sleep1", "").contains("short sessions start its daemons again");
            });
            for (EmbeddedNode node : embedded.nodes()) {
                assertThat(awake(node)).doesNotContain("sleep2");
            }
        } finally {
            ended.set(true);
            visiting.get();
            threads.shutdown();
        }
    }

    @Test
    @Order(5)
    void documented_service_exempts_projects() throws Exception {
        Duration idle = Duration.ofMillis(1);
        // begin autosuspend
        Autosuspend autosuspend =
                cluster.autosuspend(options -> options.idleFor(idle).reserve(4).alwaysAwake("billing"));
        // end autosuspend
        try (autosuspend) {
            assertThat(autosuspend.checkNow().acted()).isTrue();
        }
    }

    private static Autosuspend start(CitusCluster cluster, Duration idle, int reserve) {
        return cluster.autosuspend(options -> options.idleFor(idle)
                .reserve(reserve)
                .every(Duration.ofMillis(500))
                .alwaysAwake("sleep3"));
    }

    @Test
    void options_are_checked() {
        assertThatThrownBy(() -> AutosuspendOptions.STANDARD.idleFor(Duration.ZERO))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("idle time");
        assertThatThrownBy(() -> AutosuspendOptions.STANDARD.every(Duration.ofSeconds(-1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("interval");
        assertThatThrownBy(() -> AutosuspendOptions.STANDARD.reserve(-1))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("negative");
    }

    @Test
    @Order(1)
    void unused_projects_are_suspended_and_others_stay_awake() throws Exception {
        try (Connection client = client(1);
                Autosuspend autosuspend = start(cluster, Duration.ofSeconds(2), 0)) {
            TestCluster.ask(client, "select 1");
            awaitAwake("sleep1", "sleep3");
            Await.until(() -> autosuspend
                    .lastReport()
                    .filter(report -> report.acted() && report.awake() == 2)
                    .isPresent());
            try (Connection second = client(2)) {
                assertThat(TestCluster.ask(second, "select 2")).containsExactly("2");
                awaitAwake("sleep1", "sleep2", "sleep3");
            }
            awaitAwake("sleep1", "sleep3");
            assertThat(TestCluster.ask(client, "select 1")).containsExactly("1");
        }
        assertThat(cluster.verify().findings()).isEmpty();
    }

    @Test
    @Order(6)
    void capacity_counts_projects_that_are_awake_while_a_service_suspends_the_others() throws Exception {
        nodes.ask("postgres", "delete from citus_tenancy.service");
        int counted = cluster.capacity().moreProjects();
        try (Autosuspend autosuspend = start(cluster, Duration.ofMillis(1), 0)) {
            Await.until(() -> autosuspend.checkNow().awake() <= 1);
            Capacity capacity = cluster.capacity();
            assertThat(capacity.moreProjects()).isGreaterThan(counted + 4);
            assertThat(capacity.awakeAtOnce()).isBetween(8, 11);
            assertThat(capacity.projects()).isEqualTo(PROJECTS);
            assertThat(capacity.toString()).contains("may be awake at once");
        }
    }

    @Test
    @Order(3)
    void another_process_that_suspends_is_left_alone() throws Exception {
        try (Autosuspend autosuspend = start(cluster, Duration.ofHours(1), 0);
                Connection other = nodes.open(embedded.coordinator(), "postgres")) {
            other.setAutoCommit(false);
            TestCluster.ask(other, "select pg_advisory_xact_lock(hashtextextended('citus_tenancy/autosuspend', 0))");

            assertThat(autosuspend.checkNow().acted()).isFalse();
            other.rollback();
            assertThat(autosuspend.checkNow().acted()).isTrue();
        }
    }

    /** All projects in use need more processes than there are. */
    @Test
    @Order(2)
    void longest_unused_projects_make_room_for_those_in_use() throws Exception {
        List<Connection> clients = new ArrayList<>();
        try (Autosuspend autosuspend = start(cluster, Duration.ofHours(1), 2)) {
            for (int number = 1; number <= PROJECTS; number++) {
                Connection client = client(number);
                clients.add(client);
                assertThat(TestCluster.ask(client, "select " + number)).containsExactly(String.valueOf(number));
                if (number >= 4) {
                    clients.remove(0).close();
                }
            }
            String[] used = {"sleep6", "sleep7", "sleep8"};
            for (EmbeddedNode node : embedded.nodes()) {
                Await.until(() -> awake(node).containsAll(List.of(used)) && free(node) >= 2);
            }
            assertThat(autosuspend.checkNow().obstacles()).isEmpty();
        } finally {
            for (Connection client : clients) {
                client.close();
            }
        }
    }

    private int free(EmbeddedNode node) throws SQLException {
        return Integer.parseInt(nodes.ask(
                        node,
                        "postgres",
                        "select 12 - count(*) from pg_stat_activity where backend_type like 'Citus%' "
                                + "or backend_type like 'logical replication%'")
                .get(0));
    }
}
