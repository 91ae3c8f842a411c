package org.citustenancy.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.backup.series.BackupSeries;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.progress.ProgressListener;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Backups between two clusters of another number of workers, where servers ask for passwords. */
@Tag("once")
@Order(4)
@TestInstance(Lifecycle.PER_CLASS)
class BackupsBetweenClustersTest {

    private static final int WRITERS_PER_NODE = 4;

    private static final Secret PASSWORD = Secret.of("elsewhere-Password");

    private static final List<String> TABLES = List.of(
            "create table fact (id bigserial primary key, v text)",
            "create table detail (fact_id bigint references fact, n int, primary key (fact_id, n))",
            "create table kind (id int primary key, name text)",
            "create table note (id serial primary key, v text)",
            "select create_distributed_table('fact', 'id', shard_count => 4)",
            "select create_distributed_table('detail', 'fact_id', colocate_with => 'fact')",
            "select create_reference_table('kind')",
            "insert into fact (v) select 'v' || i from generate_series(1, 500) i",
            "insert into detail select 1 + i % 500, i from generate_series(1, 900) i",
            "insert into kind values (1, 'one'), (2, 'two')",
            "insert into note (v) values ('local')");

    private static final List<String> PICTURE = List.of(
            "select table_name, citus_table_type, distribution_column, shard_count from citus_tables "
                    + "order by table_name::text",
            "select * from fact order by id",
            "select * from detail order by 1, 2",
            "select * from kind order by 1",
            "select * from note order by 1",
            "select conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint "
                    + "where not relation_is_a_known_shard(conrelid) and connamespace = 'public'::regnamespace "
                    + "order by 1, 2");

    private static final String NEXT = "insert into fact (v) values ('next') returning id";

    private final TestCluster two = start(2);
    private final TestCluster one = start(1);
    private final CitusCluster cluster = two.connect();
    private final CitusCluster other = one.connect();

    /** What most tests begin with; to make a project takes longer than all the rest. */
    private final Project source;

    @TempDir
    private Path home;

    BackupsBetweenClustersTest() throws SQLException {
        source = project("all");
        source.repair();
    }

    private static TestCluster start(int workers) {
        return new TestCluster(CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .workers(workers)
                .authentication(Authentication.SCRAM_SHA_256)
                .setting("max_worker_processes", "100")
                .setting("citus.distributed_deadlock_detection_factor", "-1")
                .setting("citus.recover_2pc_interval", "10min")
                .setting("citus.metadata_sync_interval", "10min")
                .setting("autovacuum", "off")));
    }

    @AfterAll
    void stop() {
        cluster.close();
        other.close();
        two.embedded().close();
        one.embedded().close();
    }

    private Project project(String name) throws SQLException {
        Project project =
                cluster.project(name).withUser(name + "_user", PASSWORD).create();
        try (Connection connection = two.open(two.embedded().coordinator(), name)) {
            for (String table : TABLES) {
                TestCluster.ask(connection, table);
            }
        }
        return project;
    }

    private static void assertSame(TestCluster here, String project, TestCluster there, String copy)
            throws SQLException {
        for (String question : PICTURE) {
            assertThat(there.ask(copy, question)).as(question).isEqualTo(here.ask(project, question));
        }
    }

    @Test
    @Tag("long")
    void backup_all_writes_each_project_into_its_directory_when_one_fails() throws Exception {
        List<String> names = List.of("All", "a/../b");
        names.forEach(
                name -> cluster.project(name).withUser("all_user", PASSWORD).create());
        two.ask("All", "select lo_create(0)");
        Path all = home.resolve("all_projects");
        try {
            List<BackupOutcome> outcomes = cluster.backups().backupAll(all);

            assertThat(outcomes).extracting(BackupOutcome::project).contains("all", "All", "a/../b");
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome.backup().isEmpty())
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.project()).isEqualTo("All"))
                    .satisfies(outcome -> assertThatThrownBy(outcome::orThrow)
                            .isInstanceOf(ConflictException.class)
                            .hasMessageContaining("large objects"));
            assertThat(all.resolve("a%2f%2e%2e%2fb").resolve("manifest.json")).isRegularFile();
            assertThat(all.resolve("%41ll")).isEmptyDirectory();
            assertThat(all.resolve("all").resolve("manifest.json")).isRegularFile();

            BackupSeries series = BackupSeries.in(home.resolve("series")).keepLast(1);
            cluster.backups().backupAll(series);
            // begin backups-all
            List<BackupOutcome> again =
                    cluster.backups().backupAll(series); // or a directory, with a subdirectory for each project
            // end backups-all
            assertThat(again)
                    .filteredOn(outcome -> outcome.backup().isPresent())
                    .hasSizeGreaterThanOrEqualTo(2);
            for (BackupOutcome outcome : again) {
                assertThat(series.ofProject(outcome.project()).backups(outcome.project()))
                        .containsExactlyElementsOf(
                                outcome.backup().map(Backup::directory).stream().toList());
            }
        } finally {
            for (String name : names) {
                cluster.getProject(name).drop();
            }
        }
    }

    @Test
    @Tag("long")
    void copy_to_a_cluster_with_fewer_workers_keeps_the_source() throws Exception {
        Path through = Files.createDirectory(home.resolve("through"));

        Project copy = source.copyTo(other)
                .withPassword("all_user", Secret.of("another-Password"))
                .through(through)
                .create();

        assertThat(through).isEmptyDirectory();
        assertThat(copy.verify().findings()).isEmpty();
        assertSame(two, "all", one, "all");
        assertThat(one.ask(one.embedded().coordinator(), "all", "all_user", "another-Password", NEXT))
                .containsExactly("501");
        assertThatThrownBy(() -> source.copyTo(other).through(through).create())
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("already");

        Project back = copy.copyTo(cluster)
                .as("back")
                .backupOptions(BackupOptions::throughCoordinator)
                .through(through)
                .create();

        assertThat(through).isEmptyDirectory();
        assertThat(back.verify().findings()).isEmpty();
        assertSame(one, "all", two, "back");
        // The user is known here, with the old password.
        assertThat(two.ask(
                        two.embedded().workers().get(0),
                        "back",
                        "all_user",
                        PASSWORD.reveal(),
                        "select count(*) from fact"))
                .isEqualTo(one.ask("all", "select count(*) from fact"));
        back.drop();
        copy.drop();
    }

    @Test
    @Tag("long")
    void copy_keeps_partitions() throws Exception {
        for (String sql : List.of(
                "create schema side",
                "create table side.event (at date, id bigint) partition by range (at)",
                "create table side.event_2025 partition of side.event for values from ('2025-01-01') to ('2026-01-01')",
                "select create_distributed_table('side.event', 'id')",
                "insert into side.event select date '2025-03-01' + i, i from generate_series(1, 50) i")) {
            two.ask("all", sql);
        }
        List<String> last = two.ask(two.embedded().workers().get(1), "all", NEXT);
        source.backup(
                home.resolve("one_table"),
                options -> options.table("kind").table("fact").table("side.event"));
        Project tables = cluster.backups()
                .restore(home.resolve("one_table"))
                .as("all_tables")
                .create();
        assertThat(two.ask(
                        "all_tables",
                        "select logicalrelid, partmethod from pg_dist_partition order by logicalrelid::text"))
                .containsExactly("fact|h", "kind|n", "side.event|h", "side.event_2025|h");
        assertThat(two.ask("all_tables", "select count(*), sum(id) from side.event"))
                .containsExactly("50|1275");
        assertThat(two.ask("all_tables", "select count(*) from fact"))
                .isEqualTo(two.ask("all", "select count(*) from fact"));
        assertThatWorkersGoOn("all_tables", last);
        tables.drop();

        source.backup(home.resolve("schema"), BackupOptions::schemaOnly);
        Project empty =
                other.backups().restore(home.resolve("schema")).as("all_schema").create();
        assertThat(one.ask("all_schema", PICTURE.get(0))).isEqualTo(two.ask("all", PICTURE.get(0)));
        assertThat(one.ask("all_schema", "select count(*) from fact")).containsExactly("0");
        empty.drop();
    }

    /** A worker has a part of the sequence of its own. */
    private void assertThatWorkersGoOn(String copy, List<String> last) throws SQLException {
        assertThat(two.ask(two.embedded().workers().get(1), copy, NEXT))
                .containsExactly(String.valueOf(Long.parseLong(last.get(0)) + 1));
    }

    @Test
    void move_keeps_every_committed_row() throws Exception {
        Project project = project("moved");
        AtomicInteger committed = new AtomicInteger();
        AtomicBoolean failing = new AtomicBoolean(true);
        ExecutorService threads = Executors.newCachedThreadPool();
        // On every node, since all of them wait for the fence when the source is dropped.
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (EmbeddedNode node : two.embedded().nodes()) {
            for (int number = 0; number < WRITERS_PER_NODE; number++) {
                writers.add(CompletableFuture.runAsync(() -> write(node, "moved", committed), threads));
            }
        }
        while (committed.get() < 20) {
            TimeUnit.MILLISECONDS.sleep(10);
        }

        Thread here = Thread.currentThread();
        assertThatThrownBy(() -> project.moveTo(other)
                        .restoreOptions(options -> options.onProgress(progress -> {
                            if (failing.get() && progress.phase().equals(BackupPhase.VERIFICATION.word())) {
                                here.interrupt();
                            }
                        }))
                        .create())
                .isInstanceOf(OperationInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        int sofar = committed.get();
        while (committed.get() < sofar + 20) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThatThrownBy(() -> project.moveTo(other).backupOptions(BackupOptions::schemaOnly))
                .isInstanceOf(InvalidRequestException.class);

        // begin backups-move
        Project moved = project.moveTo(other).create();
        // end backups-move

        for (CompletableFuture<Void> writer : writers) {
            assertThatThrownBy(() -> writer.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        }
        threads.shutdown();
        assertThat(one.ask("moved", "select count(*) from fact where v = 'written'"))
                .containsExactly(String.valueOf(committed.get()));
        assertThat(moved.verify().findings()).isEmpty();
        assertThat(cluster.projects()).noneMatch(known -> known.name().equals("moved"));
        assertThat(two.askAll("postgres", "select datname from pg_database where datname = 'moved'"))
                .isEmpty();
        moved.drop();
    }

    private void write(EmbeddedNode node, String database, AtomicInteger committed) {
        try (Connection connection = two.open(node, database)) {
            while (true) {
                TestCluster.ask(connection, "insert into fact (v) values ('written')");
                committed.incrementAndGet();
            }
        } catch (SQLException end) {
            throw new IllegalStateException(end);
        }
    }

    @Test
    void backup_fails_without_a_deadlock_when_a_truncate_waits_for_it() throws Exception {
        CompletableFuture<Void> truncated = new CompletableFuture<>();
        AtomicBoolean begun = new AtomicBoolean();
        assertThatThrownBy(
                        () -> source.backup(home.resolve("changed"), options -> options.deadline(Duration.ofSeconds(60))
                                .onProgress(progress -> {
                                    if (progress.phase().equals(BackupPhase.SCHEMA.word())
                                            && begun.compareAndSet(false, true)) {
                                        truncate("all", truncated);
                                    }
                                })))
                .isInstanceOf(CitusTenancyException.class)
                .hasMessageContaining("LOCK TABLE ")
                .hasMessageContaining("public.note");
        truncated.get(20, TimeUnit.SECONDS);
        assertThat(home.resolve("changed")).isEmptyDirectory();
    }

    /** Comes back when the statement waits. */
    private void truncate(String database, CompletableFuture<Void> done) {
        Thread thread = new Thread(() -> {
            try {
                two.ask(database, "truncate note");
                done.complete(null);
            } catch (SQLException failure) {
                done.completeExceptionally(failure);
            }
        });
        thread.start();
        try {
            while (two.ask(
                            "postgres",
                            "select pid from pg_stat_activity where query = 'truncate note' and wait_event_type = 'Lock'")
                    .isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (SQLException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    @Tag("long")
    void backup_and_restore_leave_nothing_complete_when_a_worker_is_killed() throws Exception {
        EmbeddedNode worker = two.embedded().workers().get(1);
        Path directory = home.resolve("killed");
        try {
            assertThatThrownBy(() -> source.backup(
                            directory, options -> options.parallelism(1).onProgress(killing(worker, BackupPhase.ROWS))))
                    .isInstanceOf(CitusTenancyException.class)
                    .hasMessageContaining(String.valueOf(worker.port()));
            assertThat(directory).isEmptyDirectory();
            worker.start();
            List<String> last = two.ask(worker, "all", NEXT);
            source.backup(directory);

            for (BackupPhase phase : List.of(BackupPhase.ROWS, BackupPhase.AFTER_ROWS)) {
                assertThatThrownBy(() -> cluster.backups()
                                .restore(directory)
                                .as("killed_copy")
                                .options(options -> options.onProgress(killing(worker, phase)))
                                .create())
                        .isInstanceOf(CitusTenancyException.class)
                        .hasMessageContaining(String.valueOf(worker.port()));
                assertThat(cluster.projects())
                        .filteredOn(known -> known.name().equals("killed_copy"))
                        .singleElement()
                        .satisfies(known -> assertThat(known.state()).isEqualTo(ProjectState.RESTORING));
                worker.start();
            }
            Project copy =
                    cluster.backups().restore(directory).as("killed_copy").create();
            assertSame(two, "all", two, "killed_copy");
            assertThat(copy.verify().findings()).isEmpty();
            assertThatWorkersGoOn("killed_copy", last);
            assertThat(two.ask("killed_copy", NEXT)).containsExactly("501");
            copy.drop();
        } finally {
            if (!worker.isRunning()) {
                worker.start();
            }
        }
    }

    private static ProgressListener killing(EmbeddedNode worker, BackupPhase when) {
        return progress -> {
            if (progress.phase().equals(when.word()) && worker.isRunning()) {
                worker.kill();
            }
        };
    }
}
