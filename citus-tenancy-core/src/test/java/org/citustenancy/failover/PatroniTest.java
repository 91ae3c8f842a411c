package org.citustenancy.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.FailoverMonitor;
import org.citustenancy.Project;
import org.citustenancy.TransactionRecovery;
import org.citustenancy.embedded.PatroniCluster;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.formation.ClusterFormation;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Patroni promotes standbys of the coordinator and of the workers in turn, by plan and after a kill, while clients
 * write. {@code citustenancy.test.patroni-switchovers} sets how often. The nodes have the configuration of
 * {@code docs/high-availability.md}.
 */
@Tag("long")
@Tag("once")
@Order(4)
class PatroniTest {

    private static final Logger LOG = LoggerFactory.getLogger(PatroniTest.class);
    private static final int SWITCHOVERS = Integer.getInteger("citustenancy.test.patroni-switchovers", 3);
    private static final List<String> NODES = List.of("coordinator", "worker-1", "worker-2");
    private static final int WRITERS = 6;
    private static final String HERE = "127.0.0.1";
    private static final String NAME = "patroni";
    private static final String ADMIN = "postgres";
    private static final String ADMIN_PASSWORD = "patroni-Admin-1";
    private static final String PASSWORD = "patroni-Password-1";

    @Test
    void projects_follow_patroni_and_lose_no_committed_transaction() throws Exception {
        try (PatroniCluster patroni = PatroniCluster.start(NODES, configuration(), ADMIN_PASSWORD);
                CitusCluster cluster = form(patroni);
                FailoverMonitor monitor = follow(
                        cluster,
                        patroni.members("coordinator").get(0).api("/"),
                        patroni.members("worker-1").get(0).api("/"),
                        patroni.members("worker-2").get(1).api("/"))) {
            assertFollowsUnderLoad(patroni, cluster, monitor);
        }
    }

    @Test
    void names_that_follow_the_primary_need_no_change_of_the_node_lists() throws Exception {
        try (PatroniCluster patroni = PatroniCluster.start(NODES, configuration(), ADMIN_PASSWORD)) {
            Map<String, Integer> ports = patroni.startProxy(block("text high-availability-haproxy"));
            String coordinator = "jdbc:postgresql://" + HERE + ":" + ports.get("coordinator") + "/";
            try (CitusCluster cluster = CitusCluster.form(
                            ClusterOptions.of(coordinator + "postgres", ADMIN, Secret.of(ADMIN_PASSWORD)),
                            ClusterFormation.of(HERE, ports.get("coordinator"))
                                    .withWorker(HERE, ports.get("worker-1"))
                                    .withWorker(HERE, ports.get("worker-2")));
                    TransactionRecovery recovery =
                            cluster.recoverTransactions(options -> options.every(Duration.ofSeconds(1)))) {
                Project project = cluster.project(NAME)
                        .withUser(NAME + "_user", Secret.of(PASSWORD))
                        .create();
                asOwner(patroni, WriteLoad.TABLE);
                project.tables().distribute("ledger", "account", options -> options.shardCount(8));
                Topology before = cluster.topology();
                try (WriteLoad load = WriteLoad.start(coordinator + NAME, NAME + "_user", PASSWORD, WRITERS)) {
                    for (int number = 0; number < SWITCHOVERS; number++) {
                        load.awaitProgress();
                        switchOverOrFailOver(patroni, number);
                    }
                    load.awaitProgress();
                    load.stop();

                    Await.until(() -> recovery.recoverNow().obstacles().isEmpty() && prepared(patroni) == 0);
                    load.assertComplete(asOwner(patroni, "select number, count(*) from ledger group by number"));
                }
                assertThat(cluster.topology()).isEqualTo(before);
                assertThat(project.verify().findings()).isEmpty();
                assertThat(cluster.verify().findings()).isEmpty();
            }
        }
    }

    @Test
    void projects_follow_the_node_list_that_patroni_maintains() throws Exception {
        String withGroups =
                configuration().replace("scope: citus-worker-1\n", block("yaml high-availability-patroni-citus"));
        try (PatroniCluster patroni = PatroniCluster.start(NODES, withGroups, ADMIN_PASSWORD)) {
            Await.until(() -> workersOf(patroni) == 2);
            try (CitusCluster cluster = CitusCluster.connect(
                            ClusterOptions.of(url(patroni, "postgres"), ADMIN, Secret.of(ADMIN_PASSWORD)));
                    FailoverMonitor monitor = follow(
                            cluster,
                            patroni.members("coordinator").get(0).api("/"),
                            patroni.members("worker-1").get(0).api("/"),
                            patroni.members("worker-2").get(1).api("/"))) {
                cluster.secure();
                assertFollowsUnderLoad(patroni, cluster, monitor);
            }
        }
    }

    private static void assertFollowsUnderLoad(PatroniCluster patroni, CitusCluster cluster, FailoverMonitor monitor)
            throws Exception {
        Project project = cluster.project(NAME)
                .withUser(NAME + "_user", Secret.of(PASSWORD))
                .create();
        asOwner(patroni, WriteLoad.TABLE);
        project.tables().distribute("ledger", "account", options -> options.shardCount(8));
        try (WriteLoad load = WriteLoad.start(url(patroni, NAME), NAME + "_user", PASSWORD, WRITERS)) {
            for (int number = 0; number < SWITCHOVERS; number++) {
                load.awaitProgress();
                switchOverOrFailOver(patroni, number);
                LOG.info("Switchover {}: {} transactions committed", number, load.committed());
                Await.until(() -> hasFollowed(monitor));
            }
            load.awaitProgress();
            load.stop();

            Await.until(() -> monitor.recovery().recoverNow().obstacles().isEmpty() && prepared(patroni) == 0);
            load.assertComplete(asOwner(patroni, "select number, count(*) from ledger group by number"));
        }
        assertThat(project.verify().findings()).isEmpty();
        assertThat(cluster.verify().findings()).isEmpty();
        cluster.project(NAME + "_later").withUser(NAME + "_later_user").create();
    }

    private static int workersOf(PatroniCluster patroni) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(patroni, "postgres"), ADMIN, ADMIN_PASSWORD)) {
            return TestCluster.ask(connection, "select nodename from pg_dist_node where groupid > 0")
                    .size();
        }
    }

    /** The driver remembers for some seconds which host was the primary. */
    private static boolean hasFollowed(FailoverMonitor monitor) {
        try {
            return monitor.checkNow().obstacles().isEmpty();
        } catch (ConnectionException notYet) {
            LOG.debug("The coordinator does not answer yet", notYet);
            return false;
        }
    }

    /** Runs a switchover and a failover in turn. */
    private static void switchOverOrFailOver(PatroniCluster patroni, int number) throws Exception {
        String node = NODES.get((number + 1) % NODES.size());
        if (number % 2 == 0) {
            patroni.switchover(node);
        } else {
            kill(patroni, node);
        }
        patroni.awaitComplete(node);
    }

    /** A server that was killed returns as a standby of its successor. */
    private static void kill(PatroniCluster patroni, String node) throws Exception {
        PatroniCluster.Member former = patroni.leader(node).orElseThrow();
        former.kill();
        patroni.awaitSuccessor(former);
        former.start();
    }

    private static CitusCluster form(PatroniCluster patroni) {
        ClusterFormation formation = ClusterFormation.of(
                HERE, patroni.leader("coordinator").orElseThrow().port());
        for (String worker : List.of("worker-1", "worker-2")) {
            formation = formation.withWorker(
                    HERE, patroni.leader(worker).orElseThrow().port());
        }
        return CitusCluster.form(
                ClusterOptions.of(url(patroni, "postgres"), ADMIN, Secret.of(ADMIN_PASSWORD)), formation);
    }

    private static FailoverMonitor follow(
            CitusCluster cluster, URI coordinatorApi, URI firstWorkerApi, URI secondWorkerApi) {
        Duration interval = Duration.ofSeconds(1);
        // begin high-availability-patroni-monitor
        FailoverMonitor monitor = cluster.followFailovers(options ->
                options.every(interval).with(PatroniDirectory.of(coordinatorApi, firstWorkerApi, secondWorkerApi)));
        // end high-availability-patroni-monitor
        return monitor;
    }

    private static String url(PatroniCluster patroni, String database) {
        List<PatroniCluster.Member> coordinators = patroni.members("coordinator");
        return "jdbc:postgresql://" + HERE + ":" + coordinators.get(0).port() + "," + HERE + ":"
                + coordinators.get(1).port() + "/" + database + "?targetServerType=primary";
    }

    private static List<String> asOwner(PatroniCluster patroni, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(patroni, NAME), NAME + "_user", PASSWORD)) {
            return TestCluster.ask(connection, sql);
        }
    }

    private static int prepared(PatroniCluster patroni) throws SQLException {
        int prepared = 0;
        for (String node : NODES) {
            try (Connection connection = DriverManager.getConnection(
                    patroni.leader(node).orElseThrow().jdbcUrl("postgres"), ADMIN, ADMIN_PASSWORD)) {
                prepared += TestCluster.ask(connection, "select gid from pg_prepared_xacts")
                        .size();
            }
        }
        return prepared;
    }

    /** Patroni's own deadlines are for networks of several machines. */
    private static String configuration() throws Exception {
        return block("yaml high-availability-patroni")
                .replace("ttl: 30", "ttl: 10")
                .replace("loop_wait: 10", "loop_wait: 1")
                .replace("retry_timeout: 10", "retry_timeout: 3");
    }

    /** A block of the documents, which is what the test runs with. */
    private static String block(String fence) throws Exception {
        Matcher found = Pattern.compile("(?ms)^```" + fence + "\\n(.*?)^```$")
                .matcher(Files.readString(Path.of("..", "docs", "high-availability.md")));
        assertThat(found.find()).as("the block is in the documents").isTrue();
        return found.group(1);
    }
}
