package org.citustenancy.suspending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.plan.Severity;
import org.citustenancy.statistics.ProjectContents;
import org.citustenancy.statistics.ProjectFigures;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.Program;
import org.citustenancy.testing.RichProject;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A rich project is suspended, woken by clients, and refused while it is in use. */
@Tag("once")
@Order(4)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SuspensionTest {

    private static final String NAME = "suspended";
    private static final String DAEMONS = "select count(*) from pg_stat_activity where datname = '" + NAME
            + "' and backend_type like 'Citus Maintenance Daemon%'";

    private final EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
            .workers(2)
            .authentication(Authentication.SCRAM_SHA_256)
            .setting("max_worker_processes", "32")
            .setting("citus.recover_2pc_interval", "1h"));
    private final TestCluster nodes = TestCluster.closed(embedded);
    private final CitusCluster cluster = nodes.connect();
    private final RichProject rich = RichProject.create(nodes, cluster, NAME);
    private final Project project = cluster.getProject(NAME);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    SuspensionTest() throws SQLException {}

    @AfterAll
    void end() {
        threads.shutdownNow();
        cluster.close();
        embedded.close();
    }

    private List<String> onEachNode(String sql) throws SQLException {
        List<String> answers = new ArrayList<>();
        for (EmbeddedNode node : embedded.nodes()) {
            answers.addAll(nodes.ask(node, "postgres", sql));
        }
        return answers;
    }

    private void assertAwake() throws Exception {
        Await.until(() -> onEachNode(DAEMONS).equals(List.of("1", "1", "1")));
    }

    private ProjectContents contents() {
        return cluster.statistics()
                .figures()
                .project(NAME)
                .flatMap(ProjectFigures::contents)
                .orElseThrow();
    }

    /** The rich project has grants that wait. */
    private void assertSound() {
        assertThat(project.verify().findings()).allMatch(finding -> finding.severity() == Severity.NOTICE);
    }

    private Connection client(String application) throws SQLException {
        ConnectionInfo connection = project.connection(rich.owner());
        Properties properties = new Properties();
        properties.setProperty("user", rich.owner());
        properties.setProperty("password", RichProject.PASSWORD.reveal());
        properties.setProperty("ApplicationName", application);
        return DriverManager.getConnection(connection.jdbcUrl(), properties);
    }

    @Test
    @Order(1)
    void suspended_project_has_no_process_until_a_client_connects() throws Exception {
        RichProject.State before = rich.state();
        assertAwake();
        assertThat(project.planSuspend().steps()).hasSize(3);
        ProjectContents contents = contents();
        assertThat(contents.tables()).hasSizeGreaterThan(10);

        ProvisioningResult result = project.suspend();

        assertThat(result.changed()).isTrue();
        assertThat(nodes.processesIn(NAME)).isEmpty();
        // Longer than the time after which the server starts a daemon that failed.
        TimeUnit.SECONDS.sleep(7);
        assertThat(nodes.processesIn(NAME)).isEmpty();
        assertThat(project.planSuspend().steps()).isEmpty();
        assertThat(project.suspend().changed()).isFalse();
        assertThat(cluster.projects()).hasSize(1);
        cluster.capacity();
        cluster.statistics().overview();
        Instant asked = Instant.now();
        assertThat(contents().at()).isAfter(contents.at()).isBefore(asked);
        assertThat(contents().tables()).isEqualTo(contents.tables());
        assertThat(nodes.processesIn(NAME)).as("what does not look inside").isEmpty();

        try (Connection client = client("application")) {
            assertThat(TestCluster.ask(client, "select count(*) from account")).containsExactly("200");
        }
        assertAwake();
        assertThat(contents().at()).as("an awake project").isAfter(asked);
        assertThat(rich.state()).isEqualTo(before);
        assertSound();
    }

    @Test
    @Order(2)
    void commit_records_are_recovered_before() throws Exception {
        try (Connection client = client("application")) {
            TestCluster.ask(client, "update account set balance = balance + 1");
        }
        assertThat(nodes.ask(NAME, "select count(*) > 0 from pg_dist_transaction"))
                .containsExactly("t");

        project.suspend();

        assertThat(nodes.processesIn(NAME)).isEmpty();
        if (Program.isThere("psql")) {
            assertThat(Program.run(
                            "select count(*) from account;",
                            "psql",
                            "--no-psqlrc",
                            "--tuples-only",
                            "--no-align",
                            "postgresql://" + encoded(rich.owner()) + ":" + encoded(RichProject.PASSWORD.reveal())
                                    + "@127.0.0.1:" + embedded.coordinator().port() + "/" + NAME))
                    .isEqualToIgnoringNewLines("200");
        } else {
            project.resume();
        }
        assertAwake();
        assertThat(nodes.ask(NAME, "select count(*) from pg_dist_transaction")).containsExactly("0");
        assertThat(project.resume().changed()).as("an awake project").isFalse();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void assertRefused(String reason) throws Exception {
        assertThatThrownBy(project::suspend)
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("cannot be suspended")
                .hasMessageContaining(reason);
        assertAwake();
    }

    @Test
    @Order(3)
    void project_in_use_is_refused_with_the_reason() throws Exception {
        // An owner can choose any name for an application.
        try (Connection client = client("citus_internal gpid=10000000001")) {
            assertRefused("sessions of " + rich.owner() + " (citus_internal gpid=10000000001)");
            assertThat(TestCluster.ask(client, "select 1")).containsExactly("1");
        }
        try (Connection client = client("application")) {
            TestCluster.ask(
                    client, "begin; insert into \"select\" (\"from\") values (9); prepare transaction 'waiting'");
        }
        assertRefused("prepared transactions waiting on the coordinator");
        nodes.ask(NAME, "rollback prepared 'waiting'");
        EmbeddedNode worker = embedded.workers().get(0);
        nodes.ask(worker, NAME, "select pg_create_logical_replication_slot('kept', 'pgoutput')");
        assertRefused("replication slots kept on the worker");
        nodes.ask(worker, NAME, "select pg_drop_replication_slot('kept')");
        nodes.ask(
                NAME,
                "create subscription idle connection 'host=127.0.0.1' publication none "
                        + "with (connect = false, slot_name = none)");
        assertRefused("subscriptions idle on the coordinator");
        nodes.ask(NAME, "drop subscription idle");
        nodes.ask(
                NAME,
                "insert into pg_dist_cleanup select 1, 0, 1, 'public.left_over', min(groupid), 0 from pg_dist_node");
        assertRefused("leftovers of shard moves");
        nodes.ask(NAME, "delete from pg_dist_cleanup");
        nodes.ask(NAME, "update pg_dist_node set metadatasynced = false where groupid = 1");
        try {
            assertRefused("metadata that is not on all nodes yet");
        } finally {
            nodes.ask(NAME, "update pg_dist_node set metadatasynced = true where groupid = 1");
        }
        project.suspend();
        assertThat(nodes.processesIn(NAME)).isEmpty();
    }

    @Test
    @Order(4)
    void client_that_connects_meanwhile_keeps_its_daemons() throws Exception {
        project.resume();
        assertAwake();
        Future<ProvisioningResult> suspending = threads.submit(project::suspend);
        Await.until(() -> onEachNode(DAEMONS).contains("0"));

        try (Connection client = client("application")) {
            assertThat(TestCluster.ask(client, "select count(*) from account")).containsExactly("200");
            assertThatThrownBy(suspending::get).hasRootCauseInstanceOf(ConflictException.class);
            assertAwake();
        }
        assertSound();
    }
}
