package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.citustenancy.backup.BackupOutcome;
import org.citustenancy.backup.series.BackupSeries;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.KnownMarks;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.verifying.UnchangedProjects;
import org.citustenancy.plan.ClusterVerification;
import org.citustenancy.plan.Verification;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.RichProject;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A verification and a backup of all projects leave suspended projects alone, unless anything has changed. */
@Tag("once")
@Order(4)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UnvisitedProjectsTest {

    private static final String NAME = "unchanged";

    private final EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
            .workers(2)
            .authentication(Authentication.SCRAM_SHA_256)
            .setting("max_worker_processes", "32")
            // It writes statistics of tables, which are rows of the project.
            .setting("autovacuum", "off"));
    private final TestCluster nodes = TestCluster.closed(embedded);
    private final CitusCluster cluster = nodes.connect();
    private final RichProject rich = RichProject.create(nodes, cluster, NAME);
    private final Project project = cluster.getProject(NAME);

    UnvisitedProjectsTest() throws SQLException {}

    @AfterAll
    void end() {
        cluster.close();
        embedded.close();
    }

    /** Returns whether a verification would leave the project alone, without a verification. */
    private boolean isUnchanged() {
        Cluster internals = cluster.internals();
        try (Session maintenance = internals.sessions().maintenance(internals.deadline())) {
            return UnchangedProjects.of(KnownMarks.of(internals, project -> true, internals.deadline()), maintenance)
                    .verifications()
                    .stream()
                    .map(Verification::project)
                    .anyMatch(NAME::equals);
        }
    }

    private Connection owner(EmbeddedNode node) throws SQLException {
        return DriverManager.getConnection(node.jdbcUrl(NAME), rich.owner(), RichProject.PASSWORD.reveal());
    }

    @Test
    @Order(1)
    void suspended_project_is_left_alone_and_its_notices_are_reported() throws Exception {
        // Which recovers transactions, and so removes their commit records: rows of the project.
        project.suspend();
        ClusterVerification first = cluster.verify();
        assertThat(first.unchanged()).isEmpty();
        assertThat(isUnchanged()).as("an awake project").isFalse();
        project.suspend();

        ClusterVerification second = cluster.verify();

        assertThat(second.unchanged()).containsExactly(NAME);
        assertThat(second.toString()).contains("unchanged since a verification found nothing wrong: 1");
        assertThat(first.projects()).hasSize(1);
        assertThat(first.projects().get(0).findings()).as("grants that wait").isNotEmpty();
        assertThat(second.projects()).isEqualTo(first.projects());
        assertThat(second.findings()).isEqualTo(first.findings());
        assertThat(nodes.processesIn(NAME)).isEmpty();

        assertThat(cluster.verifyThoroughly().unchanged()).isEmpty();
        Await.until(() -> nodes.processesIn(NAME).size() >= embedded.nodes().size());
    }

    @Test
    @Order(2)
    void change_from_another_database_is_seen_on_any_node() throws Exception {
        project.suspend();
        assertThat(isUnchanged()).isTrue();
        String reader = rich.reader();
        for (EmbeddedNode node :
                List.of(embedded.coordinator(), embedded.workers().get(1))) {
            assertSeen(
                    node, "alter role " + quoted(reader) + " createdb", "alter role " + quoted(reader) + " nocreatedb");
            assertSeen(
                    node,
                    "grant connect on database " + NAME + " to public",
                    "revoke connect on database " + NAME + " from public");
            assertSeen(
                    node,
                    "alter database " + NAME + " set geqo_seed = 0.5",
                    "alter database " + NAME + " reset geqo_seed");
            assertSeen(
                    node,
                    "alter role " + quoted(reader) + " set geqo_seed = 0.5",
                    "alter role " + quoted(reader) + " reset geqo_seed");
            assertSeen(
                    node,
                    "grant pg_read_all_data to " + quoted(reader),
                    "revoke pg_read_all_data from " + quoted(reader));
            // Through another role, and by a setting that would hide writes.
            nodes.ask(node, "postgres", "create role between");
            nodes.ask(node, "postgres", "grant between to " + quoted(reader));
            assertThat(isUnchanged()).isFalse();
            nodes.ask(node, "postgres", "revoke between from " + quoted(reader));
            assertThat(isUnchanged()).isTrue();
            nodes.ask(node, "postgres", "drop role between");
            // A user of another project, whose role may have any application name.
            nodes.ask(node, "postgres", "create role stranger");
            nodes.ask(node, "postgres", "alter role stranger set application_name = 'track_counts=off'");
            assertThat(isUnchanged()).as("what a stranger sets").isTrue();
            nodes.ask(node, "postgres", "drop role stranger");
            nodes.ask(node, "postgres", "alter database " + NAME + " set track_counts = off");
            assertThat(isUnchanged()).isFalse();
            nodes.ask(node, "postgres", "alter database " + NAME + " reset track_counts");
            assertThat(isUnchanged()).isTrue();
        }
        assertThat(nodes.processesIn(NAME)).isEmpty();
    }

    private static String quoted(String role) {
        return TestCluster.identifier(role);
    }

    private void assertSeen(EmbeddedNode node, String change, String undo) throws SQLException {
        nodes.ask(node, "postgres", change);
        assertThat(isUnchanged()).as(change).isFalse();
        assertThat(isUnchanged()).as(change).isFalse();
        nodes.ask(node, "postgres", undo);
        assertThat(isUnchanged()).as(undo).isTrue();
    }

    @Test
    @Order(3)
    void changed_rules_for_clients_are_seen() throws Exception {
        EmbeddedNode worker = embedded.workers().get(0);
        Path rules = Path.of(nodes.ask(worker, "postgres", "show hba_file").get(0));
        String before = Files.readString(rules);

        Files.writeString(rules, "\nhost all all 127.0.0.9/32 reject\n", StandardOpenOption.APPEND);
        assertThat(isUnchanged()).isFalse();

        Files.writeString(rules, before);
        assertThat(isUnchanged()).isTrue();
    }

    @Test
    @Order(4)
    void session_that_only_reads_changes_nothing() throws Exception {
        try (Connection owner = owner(embedded.coordinator())) {
            TestCluster.ask(owner, "select count(*) from account");
            for (String attempt : List.of(
                    "select pg_stat_reset()",
                    "set track_counts = off",
                    "alter role current_user set track_counts = off")) {
                assertThatThrownBy(() -> TestCluster.ask(owner, attempt))
                        .as("a way to hide a change")
                        .hasMessageContaining("permission denied");
            }
        }
        assertThat(isUnchanged()).as("an awake project").isFalse();
        project.suspend();
        assertThat(isUnchanged()).isTrue();
    }

    @Test
    @Order(5)
    void change_of_the_registry_alone_is_seen() throws Exception {
        String before = nodes.ask(
                        "postgres", "select changed_at from citus_tenancy.project where name = '" + NAME + "'")
                .get(0);
        assertThat(isUnchanged()).isTrue();
        // As every request that changes the desired state.
        nodes.ask("postgres", "update citus_tenancy.project set changed_at = now() where name = '" + NAME + "'");
        assertThat(isUnchanged()).isFalse();
        nodes.ask(
                "postgres",
                "update citus_tenancy.project set changed_at = '" + before + "' where name = '" + NAME + "'");
        assertThat(isUnchanged()).isTrue();
    }

    @Test
    @Order(6)
    void crash_of_a_node_is_seen() {
        EmbeddedNode worker = embedded.workers().get(0);

        worker.kill();
        assertThat(cluster.verify().unchanged())
                .as("with a node that does not answer")
                .isEmpty();
        worker.start();

        assertThat(isUnchanged()).as("a node that has lost its statistics").isFalse();
        assertThat(cluster.verify().unchanged()).isEmpty();
    }

    @Test
    @Order(7)
    void write_by_a_short_session_is_seen() throws Exception {
        try (Connection owner = owner(embedded.coordinator())) {
            TestCluster.ask(owner, "create view hidden as select 1 as one");
        }
        project.suspend();
        assertThat(cluster.verify().unchanged()).as("a view more").isEmpty();

        // A worker whose catalog differs, by a session that nothing else has noticed.
        nodes.ask(
                embedded.workers().get(1),
                NAME,
                "set citus.enable_ddl_propagation = off; revoke select on account from " + quoted(rich.reader()));
        project.suspend();
        ClusterVerification changed = cluster.verify();
        assertThat(changed.unchanged()).isEmpty();
        assertThat(changed.projects().get(0).toString()).contains(rich.reader());

        project.suspend();
        assertThat(isUnchanged())
                .as("a project with a finding that is no notice")
                .isFalse();
    }

    @Test
    @Order(8)
    void unchanged_project_is_backed_up_once(@TempDir Path directory) throws Exception {
        BackupSeries series = BackupSeries.in(directory);
        BackupOutcome first = onlyOutcome(series.skipUnchanged());
        assertThat(first.unchanged()).as("the first backup").isEmpty();
        project.suspend();

        BackupOutcome second = onlyOutcome(series.skipUnchanged());

        assertThat(second.backup()).isEmpty();
        assertThat(second.unchanged()).contains(first.orThrow());
        assertThat(second.orThrow()).isEqualTo(first.orThrow());
        assertThat(second.toString()).contains("unchanged since its backup in " + first.orThrow());
        assertThat(nodes.processesIn(NAME)).isEmpty();

        // A backup that is damaged is none.
        Path manifest = first.orThrow().resolve("manifest.json");
        Files.move(manifest, directory.resolve("kept"));
        assertThat(onlyOutcome(series.skipUnchanged()).backup()).isPresent();
        Files.move(directory.resolve("kept"), manifest);
        assertThat(onlyOutcome(series).backup()).as("a series that skips none").isPresent();

        try (Connection owner = owner(embedded.coordinator())) {
            TestCluster.ask(owner, "select 1");
            assertThat(onlyOutcome(series.skipUnchanged()).backup())
                    .as("a project in use, whose writes may not count yet")
                    .isPresent();
            TestCluster.ask(owner, "update account set balance = balance + 1 where id = 1");
        }
        Await.until(() -> nodes.ask("postgres", "select 1 from pg_stat_activity where usename = '" + rich.owner() + "'")
                .isEmpty());
        assertThat(onlyOutcome(series.skipUnchanged()).backup())
                .as("a row has changed")
                .isPresent();
        assertThat(series.ofProject(NAME).backups(NAME)).hasSize(5);
    }

    private BackupOutcome onlyOutcome(BackupSeries series) {
        List<BackupOutcome> outcomes = cluster.backups().backupAll(series);
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }
}
