package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.citustenancy.users.TableGrant;
import org.citustenancy.users.TablePrivilege;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tries everything as every user on every node, and compares it with the table in the documentation.
 */
@Tag("asks-for-passwords")
@Tag("through-coordinator")
@RequiresCluster
class AccessMatrixTest {

    private static final String REFUSED = "42501";
    private static final List<String> WITH_TABLES = List.of("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE");
    private static final List<String> KINDS = List.of("local", "distributed", "reference", "scoped");
    private static final Secret PASSWORD = Secret.of("matrix-Password");

    /** What the table user was given, by table. */
    private static final Map<String, Set<String>> CHOSEN = Map.of(
            "before_distributed", Set.of("SELECT"),
            "after_distributed", Set.of("SELECT", "UPDATE"),
            "after_reference", Set.of("SELECT"),
            "before_local", Set.of("SELECT", "INSERT", "TRUNCATE"));

    private final TestCluster nodes;

    AccessMatrixTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void each_access_level_permits_what_the_documentation_says_and_nothing_else() throws Exception {
        String name = TestCluster.unique("matrix");
        String otherName = TestCluster.unique("matrix_other");
        Map<String, String> levels = new LinkedHashMap<>();
        levels.put(name + "_owner", "owner");
        levels.put(name + "_rw", "read-write");
        levels.put(name + "_ro", "read-only");
        levels.put(name + "_tables", "tables");
        try (CitusCluster cluster = nodes.connect()) {
            cluster.project(otherName).withUser(otherName + "_owner", PASSWORD).create();
            Project project =
                    cluster.project(name).withUser(name + "_owner", PASSWORD).create();
            createTables(project, "before");
            Project withUsers = request(cluster, name).create();
            assertThat(withUsers.result().orElseThrow().waiting())
                    .containsExactlyInAnyOrder(
                            "\"" + name + "_tables\" waits for the table after_distributed",
                            "\"" + name + "_tables\" waits for the table after_reference");
            createTables(withUsers, "after");
            assertThat(TestCluster.besidesTrust(withUsers.verify()).findings()).isEmpty();
            assertThat(request(cluster, name).plan().steps()).isEmpty();

            List<String> differences = new ArrayList<>();
            Map<String, Map<String, String>> documented = documented();
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                for (Map.Entry<String, String> user : levels.entrySet()) {
                    differences.addAll(
                            tryEverything(node, name, otherName, user.getKey(), user.getValue(), documented));
                }
            }
            assertThat(differences).isEmpty();
        }
    }

    private static ProjectRequest request(CitusCluster cluster, String name) {
        return cluster.project(name)
                .withUser(name + "_owner", PASSWORD)
                .withReadWriteUser(name + "_rw", PASSWORD, options -> options.schemas("public", "scoped"))
                .withReadOnlyUser(name + "_ro", PASSWORD, options -> options.schemas("public", "scoped"))
                .withTableUser(name + "_tables", PASSWORD, options -> options.table(TableGrant.on("before_distributed"))
                        .table(TableGrant.on("after_distributed")
                                .privileges(TablePrivilege.SELECT, TablePrivilege.UPDATE))
                        .table(TableGrant.on("after_reference"))
                        .table(TableGrant.on("before_local")
                                .privileges(TablePrivilege.SELECT, TablePrivilege.INSERT, TablePrivilege.TRUNCATE)));
    }

    /** As the owner does it: some distributed with SQL, some through the library. */
    private void createTables(Project project, String when) throws SQLException {
        String owner = project.name() + "_owner";
        nodes.ask(nodes.embedded().coordinator(), project.name(), owner, PASSWORD.reveal(), """
                create schema if not exists scoped;
                create table %1$s_local (id bigint, value text);
                create table %1$s_distributed (id bigint, value text);
                create table %1$s_reference (id bigint, value text);
                create table scoped.%1$s_scoped (id bigint, value text);
                create sequence %1$s_numbers;
                """.formatted(when));
        nodes.ask(
                nodes.embedded().coordinator(),
                project.name(),
                owner,
                PASSWORD.reveal(),
                "select create_distributed_table('%1$s_distributed', 'id', shard_count => 4)".formatted(when));
        project.tables().distributeSchema("scoped");
        project.tables().reference(when + "_reference");
        for (String table : List.of("_local", "_distributed", "_reference")) {
            nodes.ask(
                    nodes.embedded().coordinator(),
                    project.name(),
                    owner,
                    PASSWORD.reveal(),
                    "insert into " + when + table + " select i, 'x' from generate_series(1, 8) i");
        }
    }

    private List<String> tryEverything(
            EmbeddedNode node,
            String project,
            String otherProject,
            String user,
            String level,
            Map<String, Map<String, String>> documented)
            throws SQLException {
        List<String> differences = new ArrayList<>();
        boolean coordinator = node.port() == nodes.embedded().coordinator().port();
        try (Connection connection = DriverManager.getConnection(node.jdbcUrl(project), user, PASSWORD.reveal())) {
            connection.setAutoCommit(false);
            for (String when : List.of("before", "after")) {
                for (String kind : KINDS) {
                    if (kind.equals("local") && !coordinator) {
                        continue;
                    }
                    String table = when + "_" + kind;
                    for (String action : WITH_TABLES) {
                        String says = documented.get(action).get(level);
                        boolean expected = says.equals("chosen")
                                ? CHOSEN.getOrDefault(table, Set.of()).contains(action)
                                : says.equals("yes");
                        compare(
                                differences,
                                node + " " + level + " " + action + " " + table,
                                expected,
                                attempt(
                                        connection,
                                        statement(action, kind.equals("scoped") ? "scoped." + table : table)));
                    }
                }
            }
            Map<String, String> others = new LinkedHashMap<>();
            others.put("CREATE TABLE", "create table attempt (id int)");
            others.put("CREATE TEMP TABLE", "create temp table attempt (id int)");
            others.put("CREATE SCHEMA", "create schema attempt");
            others.put("pg_dist_authinfo", "select * from pg_dist_authinfo");
            others.put("citus_tables, citus_shards", "select count(*) from citus_tables, citus_shards");
            if (coordinator) {
                others.put(
                        "create_distributed_table",
                        level.equals("owner")
                                ? "create table attempt (id int); select create_distributed_table('attempt', 'id')"
                                : "select create_distributed_table('before_local', 'id')");
                others.put("nextval", "select nextval('before_numbers'), nextval('after_numbers')");
            }
            for (Map.Entry<String, String> other : others.entrySet()) {
                compare(
                        differences,
                        node + " " + level + " " + other.getKey(),
                        documented.get(other.getKey()).get(level).equals("yes"),
                        attempt(connection, other.getValue()));
            }
        }
        compare(
                differences,
                node + " " + level + " CONNECT to another project",
                documented.get("CONNECT to another project").get(level).equals("yes"),
                attemptToConnect(node, otherProject, user));
        return differences;
    }

    private static String statement(String action, String table) {
        return switch (action) {
            case "SELECT" -> "select count(*), max(value) from " + table;
            case "INSERT" -> "insert into " + table + " values (100, 'y')";
            case "UPDATE" -> "update " + table + " set value = 'z'";
            case "DELETE" -> "delete from " + table;
            default -> "truncate " + table;
        };
    }

    private static void compare(List<String> differences, String what, boolean expected, String outcome) {
        if (expected ? !outcome.equals("done") : !outcome.equals("refused")) {
            differences.add(what + ": expected " + (expected ? "done" : "refused") + ", was " + outcome);
        }
    }

    private static String attempt(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            SQLWarning warning = statement.getWarnings();
            return warning == null || warning.getSQLState().startsWith("00")
                    ? "done"
                    : "warned: " + warning.getMessage();
        } catch (SQLException failure) {
            boolean onlyTheCoordinatorDoesThat = failure.getMessage().contains("operation is not allowed on this node");
            return onlyTheCoordinatorDoesThat
                    ? "done"
                    : REFUSED.equals(failure.getSQLState())
                            ? "refused"
                            : failure.getSQLState() + " " + failure.getMessage();
        } finally {
            connection.rollback();
        }
    }

    private static String attemptToConnect(EmbeddedNode node, String database, String user) {
        try (Connection connection = DriverManager.getConnection(node.jdbcUrl(database), user, PASSWORD.reveal())) {
            return "done";
        } catch (SQLException failure) {
            return REFUSED.equals(failure.getSQLState()) ? "refused" : failure.getMessage();
        }
    }

    /** By action and level, what the table in the documentation says. */
    private static Map<String, Map<String, String>> documented() throws IOException {
        List<List<String>> rows = Files.readAllLines(Path.of("../docs/access-levels.md")).stream()
                .filter(line -> line.startsWith("|") && !line.startsWith("| ---"))
                .map(line -> Arrays.stream(line.split("\\|"))
                        .map(String::strip)
                        .filter(cell -> !cell.isEmpty())
                        .toList())
                .toList();
        List<String> header = rows.get(0);
        Map<String, Map<String, String>> documented = new LinkedHashMap<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            Map<String, String> byLevel = new LinkedHashMap<>();
            for (int column = 1; column < header.size(); column++) {
                byLevel.put(header.get(column), row.get(column));
            }
            documented.put(row.get(0), byLevel);
        }
        return documented;
    }
}
