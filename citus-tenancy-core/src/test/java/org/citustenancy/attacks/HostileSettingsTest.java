package org.citustenancy.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.TestCluster.bind;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings of the database and of the owner that would break sessions which start with them: the admin's do not, so that
 * verification, repair, rotation, backup and clone work; and nothing is left half done.
 */
@Tag("asks-for-passwords")
@RequiresCluster
class HostileSettingsTest {

    private static final Logger LOG = LoggerFactory.getLogger(HostileSettingsTest.class);

    @TempDir
    private Path home;

    private final TestCluster nodes;

    HostileSettingsTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    /** Those that one session can bear together. */
    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of("times out", List.of("idle_session_timeout = '20ms'")),
                Arguments.of(
                        "ends transactions",
                        List.of("idle_in_transaction_session_timeout = '1ms'", "lock_timeout = 1")),
                Arguments.of("stops statements", List.of("statement_timeout = 1")),
                Arguments.of("is another role", List.of("role = {owner}")),
                Arguments.of(
                        "cannot write, and writes values otherwise",
                        List.of(
                                "default_transaction_read_only = on",
                                "default_transaction_isolation = serializable",
                                "default_transaction_deferrable = on",
                                "bytea_output = 'escape'",
                                "datestyle = 'German, DMY'",
                                "intervalstyle = 'sql_standard'",
                                "timezone = 'Pacific/Chatham'",
                                "quote_all_identifiers = on",
                                "array_nulls = off",
                                "extra_float_digits = -15",
                                "xmloption = document",
                                "standard_conforming_strings = off",
                                "backslash_quote = on",
                                "escape_string_warning = off",
                                "transform_null_equals = on",
                                "lo_compat_privileges = on",
                                "lc_messages = 'C'",
                                "client_encoding = 'LATIN1'",
                                "client_min_messages = debug1")),
                Arguments.of(
                        "sees other rows, and distributes otherwise",
                        List.of(
                                "row_security = off",
                                "session_replication_role = replica",
                                "search_path = ''",
                                "check_function_bodies = off",
                                "default_tablespace = ''",
                                "default_table_access_method = columnar",
                                "citus.override_table_visibility = off",
                                "citus.show_shards_for_app_name_prefixes = '*'",
                                "citus.enable_ddl_propagation = off",
                                "citus.enable_metadata_sync = off",
                                "citus.multi_shard_modify_mode = sequential",
                                "citus.enable_router_execution = off",
                                "citus.shard_count = 1",
                                "citus.shard_replication_factor = 2",
                                "citus.max_adaptive_executor_pool_size = 1",
                                "citus.node_connection_timeout = 10")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void operations_complete_under_hostile_settings(String kind, List<String> settings) throws Exception {
        HostileProject hostile = HostileProject.named(nodes, TestCluster.unique("settings"));
        try (CitusCluster cluster = nodes.connect()) {
            Project project = hostile.create(cluster);
            hostile.asOwner(
                    "create table rows (id bigint primary key, raw bytea, at timestamptz, list text[], f float8)",
                    "insert into rows select i, '\\x00ff', '2026-02-28 12:34+00'::timestamptz + i * interval '1 day', "
                            + "array[null, 'NULL', 'x'], i / 3.0 from generate_series(1, 20) i",
                    "select create_distributed_table('rows', 'id', shard_count => 4)");
            String question =
                    "select id, encode(raw, 'hex'), extract(epoch from at), list[1] is null, f from rows order by id";
            List<String> rows = nodes.ask(hostile.name(), question);
            hostile.setForDatabase(settings.toArray(String[]::new));
            hostile.setForRole(settings);

            Map<String, String> failed = new LinkedHashMap<>();
            Secret rotated = Secret.of("rotated-Password");
            boolean changed =
                    attempt(failed, "rotatePassword", () -> cluster.users().rotatePassword(hostile.reader(), rotated));
            attempt(failed, "verify", project::verify);
            attempt(failed, "backup", () -> project.backup(home.resolve("backup")));
            String copy = TestCluster.unique("settings");
            attempt(failed, "repair", project::repair);
            attempt(failed, "cloneTo", () -> project.cloneTo(copy, options -> options.endingSessions()));
            attempt(failed, "figures", () -> project.statistics().figures());
            LOG.info("A session that {}: {}", kind, failed);

            hostile.resetSettings();
            // What repair() could hide.
            assertOnePassword(hostile.reader(), changed ? rotated : HostileProject.PASSWORD, hostile.name());
            project.repair();
            assertThat(project.verify().findings()).isEmpty();
            assertThat(nodes.ask(hostile.name(), question)).isEqualTo(rows);
            if (!failed.containsKey("cloneTo")) {
                hostile.copied(copy).resetSettings();
                assertThat(nodes.ask(copy, question)).isEqualTo(rows);
            }
            // The proof that users reach every worker runs as each user, with the user's own settings.
            assertThat(failed.keySet())
                    .as("operations that failed: %s", failed)
                    .isSubsetOf(kind.equals("stops statements") ? Set.of("repair", "cloneTo") : Set.of());
        }
    }

    /** Fails cleanly or not at all. */
    private static boolean attempt(Map<String, String> failed, String operation, Runnable action) {
        try {
            action.run();
            return true;
        } catch (CitusTenancyException failure) {
            failed.put(operation, failure.getMessage());
            return false;
        }
    }

    /** The same verifier on every node, and it is that of one password which also works between nodes. */
    private void assertOnePassword(String user, Secret password, String database) throws SQLException {
        List<String> verifiers = new ArrayList<>();
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            verifiers.addAll(
                    nodes.ask(node, "postgres", bind("select rolpassword from pg_authid where rolname = ?", user)));
        }
        assertThat(verifiers)
                .as("the passwords of " + user + " on the nodes")
                .hasSameSizeAs(nodes.embedded().nodes());
        assertThat(verifiers.stream().distinct())
                .as("different passwords of " + user)
                .hasSize(1);
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            try (Connection connection = DriverManager.getConnection(node.jdbcUrl(database), user, password.reveal())) {
                assertThat(connection.isClosed()).isFalse();
            }
        }
    }
}
