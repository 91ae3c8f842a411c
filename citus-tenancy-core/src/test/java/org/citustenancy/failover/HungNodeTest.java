package org.citustenancy.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.plan.ClusterVerification;
import org.citustenancy.plan.Severity;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.citustenancy.workers.Rebalancing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker that does not answer; the tests run in order. */
@Tag("once")
@Order(4)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HungNodeTest {

    private static final Logger LOG = LoggerFactory.getLogger(HungNodeTest.class);

    private static final String HERE = "127.0.0.1";
    private static final Secret PASSWORD = Secret.of("hung-Password-1");
    private static final Duration DEADLINE = Duration.ofSeconds(3);

    /** What cancelling a statement and the search for the node take on a busy machine. */
    private static final Duration AFTER = Duration.ofSeconds(30);

    private final EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
            .workers(2)
            .ownSystemIdentifiers()
            .authentication(Authentication.SCRAM_SHA_256)
            .setting("max_worker_processes", "100"));
    private final TestCluster nodes = TestCluster.closed(embedded);
    private final CitusCluster patient = nodes.connect();
    private final EmbeddedNode hung = embedded.workers().get(1);
    private final EmbeddedNode other = embedded.addNode();

    @TempDir
    private Path directory;

    @AfterAll
    void end() {
        patient.close();
        embedded.close();
    }

    private CitusCluster connect(boolean directly) {
        return CitusCluster.connect(nodes.options().deadline(DEADLINE).directWorkerConnections(directly));
    }

    private Map<String, ThrowingCallable> operations(CitusCluster cluster) {
        Project project = cluster.getProject("hanging_1");
        Map<String, ThrowingCallable> operations = new LinkedHashMap<>();
        operations.put("verify a project", project::verify);
        operations.put("repair a project", project::repair);
        operations.put("create", () -> cluster.project("another")
                .withUser("another_user", PASSWORD)
                .create());
        operations.put("add a user", () -> cluster.project("hanging_1")
                .withUser("hanging_1_user")
                .withReadOnlyUser("second_user", PASSWORD)
                .create());
        operations.put("rotate a password", () -> cluster.users().rotatePassword("hanging_1_user"));
        operations.put("rotate the admin's password", () -> cluster.users().rotateAdminPassword());
        operations.put(
                "back up",
                () -> project.backup(
                        directory.resolve("backup" + System.nanoTime()), options -> options.deadline(DEADLINE)));
        operations.put("clone", () -> project.cloneTo("copied"));
        operations.put("distribute", () -> project.tables().distribute("later", "id"));
        operations.put(
                "add a worker", () -> cluster.workers().add(HERE, other.port()).orThrow());
        operations.put("drain", () -> cluster.workers()
                .drain(HERE, hung.port(), Rebalancing.STANDARD.within(DEADLINE))
                .orThrow());
        operations.put("remove", () -> cluster.workers()
                .remove(HERE, hung.port(), Rebalancing.STANDARD.within(DEADLINE))
                .orThrow());
        operations.put("secure", cluster::secure);
        operations.put("drop", () -> cluster.getProject("hanging_2").drop());
        return operations;
    }

    @Test
    @Order(1)
    void projects_are_created() throws SQLException {
        for (String name : List.of("hanging_1", "hanging_2", "hanging_3")) {
            Project project =
                    patient.project(name).withUser(name + "_user", PASSWORD).create();
            for (String table : List.of("facts", "later")) {
                nodes.ask(
                        embedded.coordinator(),
                        name,
                        name + "_user",
                        PASSWORD.reveal(),
                        "create table " + table + " (id bigint primary key, value text)");
            }
            project.tables().distribute("facts", "id", options -> options.shardCount(4));
        }
        hung.pause();
    }

    @Test
    @Tag("long")
    @Order(2)
    void verification_of_the_cluster_names_the_node_and_does_not_wait_for_each_project() {
        try (CitusCluster cluster = connect(true)) {
            long begun = System.nanoTime();

            ClusterVerification verification = cluster.verify();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(DEADLINE.plus(AFTER));
            assertThat(verification.findings()).anySatisfy(finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.SEVERE);
                assertThat(finding.what()).contains(HERE + ":" + hung.port());
                assertThat(finding.what()).contains("does not answer");
            });
            assertThat(cluster.workers().list())
                    .filteredOn(worker -> !worker.answers())
                    .singleElement()
                    .satisfies(worker -> {
                        assertThat(worker.node().port()).isEqualTo(hung.port());
                        assertThat(worker.failure().orElseThrow()).contains("no answer within");
                    });
            assertThat(cluster.repair()).hasSize(3).allSatisfy(outcome -> assertThat(outcome.failure())
                    .hasValueSatisfying(failure -> assertThat(failure).hasMessageContaining(HERE + ":" + hung.port())));
            assertThat(verification.failures().keySet()).contains("hanging_1", "hanging_3");
            assertThat(verification.failures().values())
                    .allSatisfy(failure -> assertThat(failure).hasMessageContaining(HERE + ":" + hung.port()));
        }
    }

    @Test
    @Order(3)
    void operations_end_after_their_deadline_and_name_the_node() {
        assertEndInTime(false, List.of("verify a project", "create", "rotate a password", "distribute"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("long")
    @Order(3)
    void every_operation_ends_after_its_deadline_and_names_the_node(boolean directly) {
        assertEndInTime(directly, List.of());
    }

    /** An empty list selects all operations. */
    private void assertEndInTime(boolean directly, List<String> selected) {
        List<String> wrong = new ArrayList<>();
        try (CitusCluster cluster = connect(directly)) {
            Map<String, ThrowingCallable> operations = operations(cluster);
            assertThat(operations.keySet()).containsAll(selected);
            if (!selected.isEmpty()) {
                operations.keySet().retainAll(selected);
            }
            operations.forEach((name, operation) -> {
                long begun = System.nanoTime();
                Throwable thrown = catchThrowable(operation);
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                LOG.info("{} took {} ms", name, took.toMillis(), thrown);
                if (took.compareTo(DEADLINE.plus(AFTER)) > 0
                        || !(thrown instanceof CitusTenancyException failure)
                        || !failure.getMessage().contains(HERE + ":" + hung.port())) {
                    wrong.add(name + ", after " + took.toMillis() + " ms: " + thrown);
                }
            });
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    @Order(4)
    void operations_succeed_when_the_node_answers_again() {
        hung.resume();

        assertThatCode(() -> {
                    for (String name : List.of("hanging_1", "hanging_3")) {
                        patient.getProject(name).repair();
                        assertThat(patient.getProject(name).verify().findings()).isEmpty();
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    @Order(5)
    void operations_end_after_their_deadline_if_the_coordinator_does_not_answer() {
        try (CitusCluster cluster = connect(true)) {
            Project project = cluster.getProject("hanging_1");
            embedded.coordinator().pause();
            long begun = System.nanoTime();

            assertThatThrownBy(project::verify)
                    .isInstanceOf(CitusTenancyException.class)
                    .hasMessageContaining(
                            "coordinator " + HERE + ":" + embedded.coordinator().port());

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(DEADLINE.plus(AFTER));
        } finally {
            embedded.coordinator().resume();
        }
    }
}
