package org.citustenancy.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectTemplate;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.Backend;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.Forwarder;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What workers do that do not fit, die or move, in a cluster of its own. */
@Tag("once")
@Order(3)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkerFailuresTest {

    private static final String HERE = "127.0.0.1";
    private static final Rebalancing QUICK = Rebalancing.STANDARD.by(ShardTransfer.BLOCK_WRITES);

    private final EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
            .workers(1)
            .ownSystemIdentifiers()
            .authentication(Authentication.TRUST)
            .setting("max_worker_processes", "100")
            .setting("citus.background_task_queue_interval", "500ms"));
    private final TestCluster nodes = new TestCluster(embedded);
    private final CitusCluster cluster = nodes.connect();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final EmbeddedNode first = embedded.workers().get(0);
    private final List<Project> projects = List.of(project("life_1"), project("life_2"));

    private Project project(String name) {
        try {
            Project project = cluster.project(name)
                    .withUser(name + "_user", Secret.of("life"))
                    .create();
            askAsOwner(name, "create table facts (id bigint primary key, value text)");
            askAsOwner(name, "insert into facts select i, 'x' from generate_series(1, 50) i");
            project.tables().distribute("facts", "id", options -> options.shardCount(4));
            return project;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private void askAsOwner(String name, String sql) throws SQLException {
        nodes.ask(embedded.coordinator(), name, name + "_user", "life", sql);
    }

    @AfterAll
    void end() {
        threads.shutdownNow();
        cluster.close();
        embedded.close();
    }

    private void assertSound() throws SQLException {
        for (Project project : projects) {
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
            assertThat(nodes.ask(project.name(), "select count(*) from facts")).containsExactly("50");
        }
    }

    @Test
    void add_refuses_servers_that_cannot_become_workers() throws Exception {
        EmbeddedNode node = embedded.addNode();
        nodes.ask(node, "postgres", "create database life_2");
        nodes.ask(node, "life_2", "create table precious (id int)");

        assertThatThrownBy(
                        () -> cluster.workers().add(HERE, embedded.coordinator().port()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("is the coordinator");
        try (Forwarder alias = Forwarder.to(first.port())) {
            assertThatThrownBy(() -> cluster.workers().add(HERE, alias.port()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("is the same server as the worker " + HERE + ":" + first.port());
        }
        assertThatThrownBy(() -> cluster.workers().add(HERE, node.port()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("\"life_2\"")
                .hasMessageContaining("public.precious");
        ProjectTemplate template = cluster.template(
                cluster.project("life_template").withUser("life_template_user", Secret.of("life")), "1", project -> {});
        assertThatThrownBy(() -> cluster.workers().remove(HERE, node.port()))
                .as("a mistyped address")
                .isInstanceOf(NotFoundException.class);
        assertThat(cluster.projects()).extracting(RegisteredProject::name).contains(template.name());
        template.drop();
        assertThat(nodes.ask(node, "life_2", "select count(*) from precious")).containsExactly("0");
        node.stop();
        assertThatThrownBy(() -> cluster.workers().add(HERE, node.port()))
                .isInstanceOf(NodeUnreachableException.class)
                .hasMessageContaining(String.valueOf(node.port()));
        assertThatThrownBy(() -> cluster.workers().remove(HERE, node.port())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> cluster.workers().remove(HERE, first.port()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("last node on which shards may lie");
        assertThat(cluster.topology().workers()).hasSize(1);
        assertSound();
    }

    @Test
    void add_refuses_a_server_of_another_postgresql_version() throws Exception {
        try (EmbeddedCluster plain = EmbeddedCluster.builder()
                .backend(Backend.PLAIN)
                .authentication(Authentication.TRUST)
                .start()) {
            String here = major(embedded.coordinator());
            String there = major(plain.coordinator());
            assumeThat(there).as("what is compared").isNotEqualTo(here);
            assertThatThrownBy(() ->
                            cluster.workers().add(HERE, plain.coordinator().port()))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("It runs PostgreSQL " + there)
                    .hasMessageContaining("install PostgreSQL " + here);
        }
    }

    private String major(EmbeddedNode node) throws SQLException {
        return nodes.ask(node, "postgres", "select current_setting('server_version_num')::int / 10000")
                .get(0);
    }

    @Test
    @Tag("long")
    void next_add_completes_after_the_worker_died() throws Exception {
        EmbeddedNode node = embedded.addNode();
        Future<NodeChange> adding = threads.submit(() -> cluster.workers().add(HERE, node.port()));
        Await.until(() -> !nodes.ask(node, "postgres", "select 1 from pg_database where datname like 'life%'")
                .isEmpty());
        node.kill();
        assertThat(failed(adding)).isTrue();

        node.start();
        cluster.workers().add(HERE, node.port()).orThrow();

        assertSound();
        cluster.workers().remove(HERE, node.port(), QUICK).orThrow();
        assertSound();
    }

    private static boolean failed(Future<NodeChange> change) throws InterruptedException {
        try {
            return !change.get().failures().isEmpty();
        } catch (ExecutionException failure) {
            assertThat(failure.getCause()).isInstanceOf(CitusTenancyException.class);
            return true;
        }
    }

    @Test
    void next_drain_completes_after_the_worker_died() throws Exception {
        EmbeddedNode node = embedded.addNode();
        cluster.workers().add(HERE, node.port(), QUICK).orThrow();
        Rebalancing killing = QUICK.onProgress(progress -> {
            if (node.isRunning()) {
                node.kill();
            }
        });
        assertThat(failed(threads.submit(() -> cluster.workers().drain(HERE, node.port(), killing))))
                .isTrue();

        node.start();
        cluster.workers().drain(HERE, node.port(), QUICK).orThrow();

        assertSound();
        for (Project project : projects) {
            assertThat(nodes.ask(
                            project.name(),
                            "select count(*) from pg_dist_placement join pg_dist_node using (groupid) where nodeport = "
                                    + node.port()))
                    .containsExactly("0");
        }
        // Dead, and nothing on it: it may go.
        node.kill();
        assertThat(cluster.workers().list())
                .filteredOn(worker -> worker.node().port() == node.port())
                .singleElement()
                .satisfies(worker -> assertThat(worker.answers()).isFalse())
                .satisfies(worker -> assertThat(worker.holdsShards()).isFalse());
        cluster.workers().remove(HERE, node.port()).orThrow();
        assertSound();
    }

    @Test
    void next_remove_completes_after_a_project_was_blocked() throws Exception {
        EmbeddedNode node = embedded.addNode();
        cluster.workers().add(HERE, node.port(), QUICK).orThrow();
        cluster.workers().drain(HERE, node.port(), QUICK).orThrow();
        String leaving = "select port from citus_tenancy.leaving_worker";
        try (CitusCluster hasty = CitusCluster.connect(nodes.options().deadline(Duration.ofSeconds(3)));
                Connection blocking = nodes.open(embedded.coordinator(), "life_1")) {
            blocking.setAutoCommit(false);
            TestCluster.ask(blocking, "lock table pg_dist_node in row share mode");
            assertThat(hasty.workers().remove(HERE, node.port(), QUICK).failures())
                    .containsOnlyKeys("life_1");
            assertThat(nodes.ask("postgres", leaving)).containsExactly(String.valueOf(node.port()));
        }

        cluster.workers().remove(HERE, node.port(), QUICK).orThrow();

        assertThat(nodes.ask("postgres", leaving)).isEmpty();
        assertThat(nodes.ask(node, "postgres", "select datname from pg_database where datname like 'life%'"))
                .isEmpty();
        assertSound();
        assertThatThrownBy(() -> cluster.workers().remove(HERE, node.port())).isInstanceOf(NotFoundException.class);
    }

    @Test
    @Tag("long")
    void remove_leaves_another_server_at_the_address_alone() throws Exception {
        EmbeddedNode node = embedded.addNode();
        EmbeddedNode foreign = embedded.addNode();
        cluster.workers().add(HERE, node.port(), QUICK).orThrow();
        cluster.workers().drain(HERE, node.port(), QUICK).orThrow();
        nodes.ask(foreign, "postgres", "create database life_1");
        for (String database : List.of("postgres", "life_1", "life_2")) {
            for (EmbeddedNode server : List.of(embedded.coordinator(), first)) {
                nodes.ask(
                        server,
                        database,
                        TestCluster.bind(
                                "update pg_dist_node set nodeport = ? where nodeport = ?",
                                foreign.port(),
                                node.port()));
            }
        }

        cluster.workers().remove(HERE, foreign.port(), QUICK).orThrow();

        assertThat(nodes.ask(foreign, "postgres", "select datname from pg_database where datname like 'life%'"))
                .containsExactly("life_1");
        assertSound();
    }

    @Test
    @Tag("long")
    void remove_refuses_a_dead_worker_with_shards_until_it_is_reachable_again() throws Exception {
        EmbeddedNode node = embedded.addNode();
        cluster.workers().add(HERE, node.port(), QUICK).orThrow();
        node.kill();
        NodeChange refused = cluster.workers().remove(HERE, node.port());
        assertThat(refused.failures()).hasSameSizeAs(projects).allSatisfy((project, failure) -> assertThat(failure)
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("nowhere else")
                .hasMessageContaining("facts"));
        assertThat(cluster.topology().workers()).hasSize(2);

        node.start();
        try (Forwarder alias = Forwarder.to(node.port())) {
            assertThatThrownBy(() -> cluster.workers().relocate(HERE, node.port(), HERE, first.port()))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("is not the worker");
            cluster.workers().relocate(HERE, node.port(), HERE, alias.port()).orThrow();
            // Or Citus would refuse the next change.
            for (String database : List.of("postgres", "life_1", "life_2")) {
                assertThat(nodes.ask(database, "select nodeport from pg_dist_node where not metadatasynced"))
                        .isEmpty();
            }
            assertSound();
            assertThat(cluster.workers()
                            .relocate(HERE, node.port(), HERE, alias.port())
                            .orThrow()
                            .changed())
                    .isFalse();
            cluster.workers().remove(HERE, alias.port(), QUICK).orThrow();
            assertSound();
        }
    }

    @Test
    @Tag("long")
    void rebalance_ends_at_its_deadline() throws Exception {
        EmbeddedNode node = embedded.addNode();
        cluster.workers().add(HERE, node.port()).orThrow();

        try (Connection writing = nodes.open(embedded.coordinator(), "life_1")) {
            writing.setAutoCommit(false);
            // No shard moves before this has ended.
            TestCluster.ask(writing, "delete from facts");
            assertThatThrownBy(() -> cluster.workers().rebalance(QUICK.within(Duration.ofMillis(900))))
                    .isInstanceOf(DeadlineExceededException.class);
        }
        for (Project project : projects) {
            assertThat(nodes.ask(
                            project.name(),
                            "select state from pg_dist_background_job where state in ('scheduled', 'running')"))
                    .isEmpty();
        }
        cluster.workers().rebalance(QUICK);
        assertThat(nodes.ask(
                        "life_1",
                        "select count(*) from pg_dist_placement join pg_dist_node using (groupid) where nodeport = "
                                + node.port()))
                .containsExactly("2");
        cluster.workers().remove(HERE, node.port(), QUICK).orThrow();
        assertSound();
    }
}
