package org.citustenancy.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.TestCluster.bind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.HashRange;
import org.citustenancy.backup.manifest.StoredShard;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Rows go straight into shards, and never into one where a query would not look for them. */
@Tag("once")
@RequiresCluster
@TestInstance(Lifecycle.PER_CLASS)
class ShardRestoreTest {

    private static final List<String> TABLES = List.of(
            "create type mood as enum ('sad', 'ok', 'glad')",
            "create table parcel (id int primary key, v text)",
            "create table feeling (m mood, n int)",
            "create table word (w text, n int) partition by list (n)",
            "create table word_1 partition of word for values in (1)",
            "create schema tenant",
            "create table tenant.letter (id int primary key)",
            "select create_distributed_table('parcel', 'id', shard_count => 4)",
            "select create_distributed_table('feeling', 'm', shard_count => 8)",
            "select create_distributed_table('word', 'w', shard_count => 4)",
            "select citus_schema_distribute('tenant')",
            "insert into parcel select i, 'v' || i from generate_series(1, 40) i",
            "insert into feeling select m, 1 from unnest(enum_range(null::mood)) m",
            "insert into word select 'w' || i, 1 from generate_series(1, 10) i",
            "insert into tenant.letter select generate_series(1, 7)");

    private static final Pattern FILLED =
            Pattern.compile("copy \"\\w+\"\\.\"(parcel|feeling|word_1|letter)_\\d+\" .* from stdin");

    private final TestCluster nodes;
    private CitusCluster cluster;
    private Project project;

    @TempDir
    private Path home;

    ShardRestoreTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    /** Once, and not sooner: without Citus the tests are skipped before this, but not before the constructor. */
    @BeforeEach
    synchronized void fill() throws SQLException {
        if (project != null) {
            return;
        }
        cluster = CitusCluster.connect(nodes.options().directWorkerConnections(true));
        String name = TestCluster.unique("by_shard");
        project = cluster.project(name).withUser(name + "_user").create();
        try (Connection connection = nodes.open(nodes.embedded().coordinator(), name)) {
            for (String table : TABLES) {
                TestCluster.ask(connection, table);
            }
        }
    }

    @AfterAll
    void disconnect() {
        if (project != null) {
            project.drop();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void restore_writes_rows_directly_into_their_shards() throws SQLException {
        Backup backup = project.backup(home.resolve("whole"));

        assertThat(table(backup, "parcel").files())
                .flatExtracting(file -> file.shards())
                .hasSize(4)
                .extracting(shard -> shard.range().orElseThrow())
                .contains(new HashRange(Integer.MIN_VALUE, -1073741825), new HashRange(1073741824, Integer.MAX_VALUE));
        assertThat(table(backup, "letter").files())
                .flatExtracting(file -> file.shards())
                .singleElement()
                .satisfies(shard -> assertThat(shard.range()).isEmpty())
                .extracting(StoredShard::rows)
                .isEqualTo(7L);
        // The numbers of an enumeration's values, of which their hashes are made, are others in each database.
        assertThat(restore(backup.directory(), cluster)).containsExactlyInAnyOrder("parcel", "word_1", "letter");
    }

    @Test
    void restore_writes_no_rows_into_a_shard_of_another_range() throws SQLException, IOException {
        Backup backup = project.backup(home.resolve("swapped"));
        change(backup, "\"first\": -2147483648, \"last\": -1073741825", "X");
        change(backup, "\"first\": 1073741824, \"last\": 2147483647", "\"first\": -2147483648, \"last\": -1073741825");
        change(backup, "X", "\"first\": 1073741824, \"last\": 2147483647");

        // It was tried, and taken back.
        assertThat(restore(backup.directory(), cluster)).contains("parcel", "word_1");
    }

    @Test
    @Tag("long")
    void restore_writes_through_the_coordinator_when_shards_cannot_be_reached() throws SQLException, IOException {
        Backup backup = project.backup(home.resolve("coordinator"), options -> options.compression(0));
        try (CitusCluster far = CitusCluster.connect(nodes.options().directWorkerConnections(false))) {
            assertThat(restore(backup.directory(), far)).isEmpty();
        }

        // As manifests were before.
        Path manifest = backup.directory().resolve("manifest.json");
        String text = Files.readString(manifest);
        Files.delete(backup.directory().resolve("manifest.json.sha256"));
        Files.writeString(
                manifest,
                Pattern.compile(",\\s*\"shards\": \\[[^\\]]*\\]").matcher(text).replaceAll(""));
        assertThat(restore(backup.directory(), cluster)).isEmpty();
    }

    private static BackedUpTable table(Backup backup, String name) {
        return backup.manifest().tables().stream()
                .filter(table -> table.name().table().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void change(Backup backup, String from, String to) throws IOException {
        Path manifest = backup.directory().resolve("manifest.json");
        Files.deleteIfExists(backup.directory().resolve("manifest.json.sha256"));
        Files.writeString(manifest, Files.readString(manifest).replace(from, to));
    }

    /** Restores, sees that everything is found where it is looked for, and tells into which tables rows went directly. */
    private Set<String> restore(Path directory, CitusCluster through) throws SQLException {
        String copy = TestCluster.unique("by_shard_copy");
        Map<EmbeddedNode, Integer> logged = new HashMap<>();
        nodes.embedded()
                .workers()
                .forEach(worker -> logged.put(worker, worker.log().length()));
        Project restored = through.backups().restore(directory).as(copy).create();
        try (Connection connection = nodes.open(nodes.embedded().coordinator(), copy)) {
            for (int id = 1; id <= 40; id++) {
                assertThat(TestCluster.ask(connection, "select v from parcel where id = " + id))
                        .containsExactly("v" + id);
            }
            for (int number = 1; number <= 10; number++) {
                assertThat(TestCluster.ask(connection, "select n from word where w = 'w" + number + "'"))
                        .containsExactly("1");
            }
            for (String mood : List.of("sad", "ok", "glad")) {
                assertThat(TestCluster.ask(connection, bind("select n from feeling where m = ?", mood)))
                        .containsExactly("1");
            }
            assertThat(TestCluster.ask(connection, "select count(*) from tenant.letter"))
                    .containsExactly("7");
        }
        restored.drop();
        return filledDirectly(logged);
    }

    /** The tables of which shards were filled since then by a session on a worker. */
    private Set<String> filledDirectly(Map<EmbeddedNode, Integer> since) {
        Set<String> tables = new TreeSet<>();
        since.forEach((worker, length) -> {
            Matcher copy = FILLED.matcher(worker.log().substring(length));
            while (copy.find()) {
                tables.add(copy.group(1));
            }
        });
        return tables;
    }
}
