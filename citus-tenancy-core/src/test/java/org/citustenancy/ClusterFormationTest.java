package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatNode;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.formation.ClusterFormation;
import org.citustenancy.progress.Progress;
import org.citustenancy.progress.ProgressListener;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.Forwarder;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.topology.Node;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Bare servers, as they come out of their containers, and what an application does first. */
@Tag("once")
@Order(3)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterFormationTest {

    private static final String HERE = "127.0.0.1";

    private final EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
            .workers(2)
            .registerWorkers(false)
            .authentication(Authentication.TRUST)
            .setting("max_worker_processes", "100"));
    private final TestCluster nodes = new TestCluster(embedded);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Reported reported = new Reported();

    /** What a listener was notified of. */
    private static final class Reported implements ProgressListener {

        private static final Pattern WAITING = Pattern.compile("wait for the (\\S+ \\S+): .*");

        private final List<String> waited = new CopyOnWriteArrayList<>();
        private final List<String> done = new CopyOnWriteArrayList<>();

        @Override
        public void progressed(Progress progress) {
            Matcher waiting = WAITING.matcher(progress.phase());
            if (waiting.matches()) {
                waited.add(waiting.group(1));
            } else if (!progress.isDone()) {
                done.add(progress.phase());
            }
        }
    }

    @AfterAll
    void end() {
        threads.shutdownNow();
        embedded.close();
    }

    private int port(int worker) {
        return embedded.workers().get(worker).port();
    }

    private ClusterFormation coordinator() {
        return ClusterFormation.of(HERE, embedded.coordinator().port()).onProgress(reported);
    }

    private ClusterFormation all() {
        return coordinator().withWorker(HERE, port(0)).withWorker(HERE, port(1));
    }

    private CitusCluster form(ClusterFormation formation) {
        return CitusCluster.form(nodes.options(), formation);
    }

    @Test
    @Order(1)
    void form_refuses_servers_that_cannot_become_a_cluster() throws SQLException {
        assertThatThrownBy(() -> all().withWorker(HERE, port(1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(HERE + ":" + port(1) + " is named twice");
        assertThatThrownBy(() -> coordinator().withWorker(" ", 5432)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> all().within(Duration.ZERO)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> CitusCluster.connect(nodes.options())).hasMessageContaining("CitusCluster.form");
        assertThatThrownBy(() -> form(ClusterFormation.of(HERE, port(0))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("cannot be reached as " + HERE + ":" + port(0))
                .hasMessageContaining("another server answers there");
        assertThat(nodes.ask("postgres", "select * from pg_dist_node")).isEmpty();
        ClusterOptions stranger = ClusterOptions.of(embedded.jdbcUrl("postgres"), "stranger", Secret.of("wrong"));
        assertThatThrownBy(() -> CitusCluster.form(stranger, all()))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("stranger");
    }

    @Test
    @Order(2)
    void form_waits_for_servers_that_start_late() throws Exception {
        embedded.nodes().forEach(EmbeddedNode::stop);
        Future<CitusCluster> forming = threads.submit(() -> form(all()));
        Await.until(() -> reported.waited.contains(
                "coordinator " + HERE + ":" + embedded.coordinator().port()));
        embedded.coordinator().start();
        Await.until(() -> reported.waited.contains("worker " + HERE + ":" + port(1)));
        embedded.workers().forEach(EmbeddedNode::start);

        try (CitusCluster cluster = forming.get()) {
            assertThat(cluster.topology().workers()).extracting(Node::port).containsExactlyInAnyOrder(port(0), port(1));
            assertThat(cluster.topology().coordinator().address())
                    .isEqualTo(HERE + ":" + embedded.coordinator().port());
            Project project = cluster.project("first")
                    .withUser("first_user", Secret.of("first"))
                    .create();
            nodes.ask(embedded.coordinator(), "first", "first_user", "first", "create table facts (id bigint)");
            project.tables().distribute("facts", "id", options -> options.shardCount(4));
            assertThat(nodes.ask("first", "select count(distinct groupid) from pg_dist_placement where groupid <> 0"))
                    .containsExactly("2");
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
        }
    }

    @Test
    @Order(3)
    void concurrent_forms_change_nothing_in_a_complete_cluster() throws Exception {
        reported.done.clear();
        List<Future<CitusCluster>> instances = new ArrayList<>();
        for (int instance = 0; instance < 4; instance++) {
            instances.add(threads.submit(() -> form(all())));
        }
        for (Future<CitusCluster> instance : instances) {
            instance.get().close();
        }
        assertThat(reported.done).isEmpty();
        try (Forwarder alias = Forwarder.to(embedded.coordinator().port())) {
            assertThatThrownBy(() -> form(ClusterFormation.of(HERE, alias.port())))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("know the coordinator as " + HERE + ":"
                            + embedded.coordinator().port());
        }
    }

    @Test
    @Tag("long")
    @Order(4)
    void next_form_adds_a_worker_that_missed_the_deadline() throws Exception {
        EmbeddedNode late = embedded.addNode();
        EmbeddedNode early = embedded.addNode();
        late.stop();
        ClusterFormation more = all().withWorker(HERE, late.port()).withWorker(HERE, early.port());

        assertThatThrownBy(() -> form(more.within(Duration.ofSeconds(15))))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("these workers had not joined: " + HERE + ":" + late.port())
                .hasMessageContaining("with 3 of 4 workers");
        assertThatNode(nodes, early).hasDatabase("first");

        late.start();
        try (CitusCluster cluster = form(more)) {
            assertThat(cluster.topology().workers()).hasSize(4);
            assertThat(TestCluster.besidesTrust(cluster.getProject("first").verify())
                            .findings())
                    .isEmpty();
        }
    }

    @Test
    @Order(5)
    void form_ends_when_its_thread_is_interrupted() throws Exception {
        embedded.workers().get(0).stop();
        reported.waited.clear();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            assertThatThrownBy(() -> form(all())).isInstanceOf(OperationInterruptedException.class);
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        waiting.start();
        Await.until(() -> !reported.waited.isEmpty());
        waiting.interrupt();
        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
        embedded.workers().get(0).start();
    }
}
