package org.citustenancy.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.TransactionRecovery;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.Finding;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.Forwarder;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Interrupted second phases of commits: a prepared transaction on one node, and its commit record on the node that
 * coordinated it. Each test begins where the one before ended.
 */
@Tag("once")
@Order(4)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TransactionRecoveryTest {

    private static final String HERE = "127.0.0.1";
    private static final String NAME = "recovered";
    private static final String PASSWORD = "recovery-Password-1";
    private static final String SETTING = "select current_setting('citus.recover_2pc_interval')";

    private final EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
            .workers(2)
            .ownSystemIdentifiers()
            .authentication(Authentication.SCRAM_SHA_256)
            .setting("max_worker_processes", "100")
            .setting("citus.recover_2pc_interval", "1h"));
    private final TestCluster nodes = TestCluster.closed(embedded);
    private final CitusCluster cluster = nodes.connect();
    private final EmbeddedNode coordinator = embedded.coordinator();
    private final EmbeddedNode primary = embedded.workers().get(0);
    private final EmbeddedNode other = embedded.workers().get(1);
    private final EmbeddedNode standby = synchronousStandby();
    private final Project project = project();
    private final TransactionRecovery recovery = start(Duration.ofHours(1), HERE, standby.port());
    private int number = 4000;

    private TransactionRecovery start(Duration interval, String standbyHost, int standbyPort) {
        // begin high-availability-recovery
        TransactionRecovery recovery =
                cluster.recoverTransactions(options -> options.every(interval).withStandby(standbyHost, standbyPort));
        // end high-availability-recovery
        return recovery;
    }

    private EmbeddedNode synchronousStandby() {
        EmbeddedNode made = embedded.addStandby(primary);
        try {
            nodes.ask(primary, "postgres", "alter system set synchronous_standby_names = '*'");
            nodes.ask(primary, "postgres", "select pg_reload_conf()");
            return made;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private Project project() {
        try {
            Project created = cluster.project(NAME)
                    .withUser(NAME + "_user", Secret.of(PASSWORD))
                    .create();
            nodes.ask(coordinator, NAME, NAME + "_user", PASSWORD, "create table facts (id bigint primary key)");
            created.tables().distribute("facts", "id", options -> options.shardCount(4));
            return created;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @AfterAll
    void end() {
        recovery.close();
        cluster.close();
        embedded.close();
    }

    /** Leaves the second phase of a commit undone: as if the coordinating node lost its session to the other one. */
    private void prepare(EmbeddedNode coordinating, EmbeddedNode on, int id, boolean committed) throws SQLException {
        String group = nodes.ask(coordinating, NAME, "select groupid from pg_dist_local_group")
                .get(0);
        String groupOfOther =
                nodes.ask(on, NAME, "select groupid from pg_dist_local_group").get(0);
        String shard = nodes.ask(
                        NAME,
                        "select shardid from pg_dist_placement where groupid = " + groupOfOther + " order by 1 limit 1")
                .get(0);
        number++;
        String gid = "citus_" + group + "_99999_" + number + "_0";
        try (Connection session = nodes.open(on, NAME)) {
            TestCluster.ask(session, "set citus.enable_manual_changes_to_shards = on");
            session.setAutoCommit(false);
            TestCluster.ask(session, "insert into facts_" + shard + " values (" + id + ")");
            TestCluster.ask(session, TestCluster.bind("prepare transaction ?", gid));
        }
        if (committed) {
            nodes.ask(
                    coordinating,
                    NAME,
                    TestCluster.bind(
                            "insert into pg_dist_transaction (groupid, gid) values (?, ?)",
                            Integer.parseInt(groupOfOther),
                            gid));
        }
    }

    private List<String> present(int... ids) throws SQLException {
        String list = Arrays.stream(ids).mapToObj(String::valueOf).collect(Collectors.joining(","));
        // The rows are in any shard, and Citus looks for an id in one of them.
        return nodes.ask(NAME, "select id from facts where id + 0 in (" + list + ") order by 1");
    }

    private void assertNothingIsLeft(EmbeddedNode... on) throws SQLException {
        for (EmbeddedNode node : on) {
            assertThat(nodes.ask(node, "postgres", "select gid from pg_prepared_xacts"))
                    .as("prepared on %s", node)
                    .isEmpty();
            assertThat(nodes.ask(node, NAME, "select gid from pg_dist_transaction"))
                    .as("records on %s", node)
                    .isEmpty();
        }
    }

    @Test
    @Order(1)
    void service_ends_the_recovery_by_daemons_on_every_server() throws Exception {
        RecoveryReport report = recovery.recoverNow();

        assertThat(report.obstacles()).isEmpty();
        assertThat(report.acted()).isTrue();
        for (EmbeddedNode node : List.of(coordinator, primary, other, standby)) {
            Await.until(() -> nodes.ask(node, "postgres", SETTING).equals(List.of("-1")));
        }
        assertThat(cluster.verify().findings()).isEmpty();
        assertThat(recovery.lastReport()).isPresent();
    }

    @Test
    @Order(2)
    void round_commits_what_has_a_record_and_rolls_back_the_rest() throws SQLException {
        prepare(coordinator, primary, 1, true);
        prepare(coordinator, primary, 2, false);
        prepare(primary, other, 3, true);
        prepare(primary, other, 4, false);

        RecoveryReport report = recovery.recoverNow();

        assertThat(report.obstacles()).isEmpty();
        assertThat(report.databases()).contains(NAME);
        assertThat(present(1, 2, 3, 4)).containsExactly("1", "3");
        assertNothingIsLeft(coordinator, primary, other);
    }

    @Test
    @Order(3)
    void round_leaves_an_idle_database_alone() {
        recovery.recoverNow();

        assertThat(recovery.recoverNow().databases()).doesNotContain(NAME);
    }

    @Test
    @Order(4)
    void standby_at_the_address_of_a_node_keeps_the_commit_records() throws SQLException {
        prepare(coordinator, primary, 11, true);
        primary.stop();
        standby.promote();
        nodes.ask(standby, "postgres", "alter system set synchronous_standby_names = ''");
        nodes.ask(standby, "postgres", "select pg_reload_conf()");
        primary.follow(standby);
        primary.start();

        RecoveryReport report = recovery.recoverNow();

        assertThat(report.acted()).isFalse();
        assertThat(report.obstacles())
                .anySatisfy(obstacle -> assertThat(obstacle).contains("is a standby"))
                .anySatisfy(obstacle ->
                        assertThat(obstacle).contains("the standby " + HERE + ":" + standby.port() + " was promoted"));
        // What the daemon of Citus does at this moment, and why the service takes its place.
        try (Connection session = nodes.open(coordinator, NAME)) {
            session.setAutoCommit(false);
            assertThat(TestCluster.ask(session, "select count(*) from pg_dist_transaction"))
                    .containsExactly("1");
            TestCluster.ask(session, "select recover_prepared_transactions()");
            assertThat(TestCluster.ask(session, "select count(*) from pg_dist_transaction"))
                    .containsExactly("0");
            session.rollback();
        }

        cluster.workers().relocate(HERE, primary.port(), HERE, standby.port()).orThrow();

        assertThat(recovery.recoverNow().obstacles()).isEmpty();
        assertThat(present(11)).containsExactly("11");
        assertNothingIsLeft(coordinator, standby, other);
    }

    @Test
    @Order(5)
    void database_that_names_another_address_is_left_alone() throws Exception {
        prepare(coordinator, other, 21, true);
        try (Forwarder stale = Forwarder.to(other.port())) {
            change(other.port(), stale.port());

            RecoveryReport report = recovery.recoverNow();

            assertThat(report.acted()).isTrue();
            assertThat(report.databases()).doesNotContain(NAME);
            assertThat(report.obstacles()).anySatisfy(obstacle -> assertThat(obstacle)
                    .contains("\"" + NAME + "\"")
                    .contains("not the expected server: " + HERE + ":" + stale.port()));
            assertThat(nodes.ask(NAME, "select count(*) from pg_dist_transaction"))
                    .containsExactly("1");
            change(stale.port(), other.port());
        }

        assertThat(recovery.recoverNow().obstacles()).isEmpty();
        assertThat(present(21)).containsExactly("21");
    }

    private void change(int from, int to) throws SQLException, InterruptedException {
        nodes.ask(
                NAME,
                TestCluster.bind(
                        "select citus_update_node(nodeid, ?, ?) from pg_dist_node where nodeport = ?", HERE, to, from));
        Await.until(() -> nodes.ask(NAME, "select 1 from pg_dist_node where not metadatasynced")
                .isEmpty());
    }

    @Test
    @Order(6)
    void node_that_does_not_answer_keeps_the_commit_records() throws SQLException {
        prepare(coordinator, other, 31, true);
        other.kill();

        RecoveryReport report = recovery.recoverNow();

        assertThat(report.acted()).isFalse();
        assertThat(report.obstacles()).singleElement().asString().contains("does not answer");
        other.start();
        assertThat(recovery.recoverNow().obstacles()).isEmpty();
        assertThat(present(31)).containsExactly("31");
    }

    @Test
    @Order(7)
    void one_process_acts_at_a_time() throws SQLException {
        try (Connection another = nodes.open(coordinator, "postgres")) {
            TestCluster.ask(another, "select pg_advisory_lock(hashtextextended('citus_tenancy/recovery', 0))");

            RecoveryReport report = recovery.recoverNow();

            assertThat(report.acted()).isFalse();
            assertThat(report.obstacles()).isEmpty();
            TestCluster.ask(another, "select pg_advisory_unlock_all()");
        }
        assertThat(recovery.recoverNow().acted()).isTrue();
    }

    @Test
    @Order(8)
    void verify_reports_servers_without_recovery_until_it_is_handed_back() throws Exception {
        nodes.ask("postgres", "update citus_tenancy.service set alive_until = now()");

        assertThat(cluster.verify().findings())
                .hasSize(3)
                .extracting(Finding::what)
                .allSatisfy(what -> assertThat(what).contains("citus.recover_2pc_interval is -1"));

        recovery.handBack();

        for (EmbeddedNode node : List.of(coordinator, standby, other)) {
            Await.until(() -> nodes.ask(node, "postgres", SETTING).equals(List.of("1h")));
        }
        assertThat(cluster.verify().findings()).isEmpty();
        assertThat(project.verify().findings()).isEmpty();
    }
}
