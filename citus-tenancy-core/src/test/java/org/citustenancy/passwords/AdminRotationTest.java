package org.citustenancy.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.citustenancy.testing.TestCluster.bind;
import static org.citustenancy.testing.TestCluster.literal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.Project;
import org.citustenancy.ProjectTemplate;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.AdminRotation;
import org.citustenancy.users.AdminRotation.RemainingNode;
import org.citustenancy.users.PasswordRotationException;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Another password of the admin: on all nodes, between them, and in the sessions of the library. */
@Tag("once")
@TestInstance(Lifecycle.PER_CLASS)
class AdminRotationTest {

    private static final Logger LOG = LoggerFactory.getLogger(AdminRotationTest.class);
    private static final Secret OWNERS = Secret.of("owner's Password");
    private static final String VERIFIER = "select rolpassword from pg_authid where rolname = 'postgres'";
    private static final String ROWS =
            "select nodeid, md5(authinfo) from pg_dist_authinfo where rolename = 'postgres' order by nodeid";

    private final EmbeddedCluster embedded;
    private final TestCluster nodes;
    private final Map<EmbeddedNode, Path> passwordFiles = new HashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Secret password;

    AdminRotationTest() throws SQLException {
        embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .authentication(Authentication.SCRAM_SHA_256)
                .setting("log_statement", "all")
                .setting("max_worker_processes", "60")
                .setting("fsync", "on"));
        nodes = TestCluster.closed(embedded);
        password = Secret.of(embedded.adminPassword());
        for (EmbeddedNode node : embedded.nodes()) {
            Path data = Path.of(ask(node, "postgres", "show data_directory").get(0));
            passwordFiles.put(node, data.resolveSibling("passwords"));
        }
    }

    @AfterAll
    void stop() {
        threads.shutdownNow();
        embedded.close();
    }

    @Test
    @Tag("long")
    void admin_rotation_names_password_files_with_the_old_password() throws Exception {
        toFiles();
        String name = TestCluster.unique("files");
        Secret before = password;
        Secret after = Secret.of("after'\\ with blank " + name);
        try (CitusCluster cluster = connect(true);
                CitusCluster other = connect(true);
                Connection open = open(embedded.coordinator(), "postgres", before)) {
            Project project = filled(cluster, name);

            AdminRotation rotation = cluster.users().rotateAdminPassword(after);
            password = after;

            assertThat(rotation.isComplete()).isFalse();
            assertThat(rotation.remaining()).extracting(RemainingNode::database).containsOnly("postgres");
            assertThat(rotation.remaining()).hasSameSizeAs(embedded.nodes());
            assertThat(rotation.toString())
                    .contains("PGPASSFILE", "coordinator")
                    .contains(embedded.workers().stream()
                            .map(worker -> String.valueOf(worker.port()))
                            .toList())
                    .doesNotContain(after.reveal());
            assertThat(TestCluster.ask(open, "select 1")).containsExactly("1");
            assertOnlyNewPassword(before);
            assertThatThrownBy(() -> {
                        Thread.sleep(6_000);
                        other.projects();
                    })
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("does not accept the password of \"postgres\"")
                    .hasMessageContaining("if it was changed, that is the new one");
            assertThat(count(name)).isEqualTo(10);
            assertThat(cluster.verify().findings())
                    .anySatisfy(finding -> assertThat(finding.toString()).contains("PGPASSFILE"));

            writeFiles(after);
            assertThat(cluster.users().rotateAdminPassword(after).isComplete()).isTrue();
            assertWorks(cluster, project);
            dropAll(cluster);
            assertLogsAreSilent(after);
        }
    }

    @Test
    void admin_rotation_replaces_authinfo_in_every_database() throws Exception {
        toRows();
        String name = TestCluster.unique("rows");
        Secret before = password;
        try (CitusCluster cluster = connect(false)) {
            Project project = filled(cluster, name);
            createThree(cluster, name + "_before");
            ProjectTemplate template = template(cluster, name);
            ask(
                    embedded.coordinator(),
                    name,
                    "insert into pg_dist_authinfo select n.id, rolename, 'password=' || quote_literal('any') || ' sslkey=none' "
                            + "from pg_dist_authinfo, (select min(nodeid) from pg_dist_node where groupid > 0) as n (id) "
                            + "where rolename = 'postgres'");

            AdminRotation rotation = cluster.users().rotateAdminPassword();
            password = rotation.password();

            LOG.info("Nodes could refuse each other for {}", rotation.interruption());
            assertThat(rotation.remaining()).isEmpty();
            assertOnlyNewPassword(before);
            assertThatThrownBy(() -> nodes.ask(
                            embedded.coordinator(), name, name + "_user", OWNERS.reveal(), "table pg_dist_authinfo"))
                    .hasMessageContaining("permission denied");
            assertThat(
                            ask(
                                    embedded.coordinator(),
                                    name,
                                    "delete from pg_dist_authinfo where rolename = 'postgres' and nodeid > 0 returning authinfo"))
                    .singleElement()
                    .asString()
                    .startsWith("sslkey=none password='")
                    .contains(password.reveal());
            assertThat(rowsEverywhere("postgres", name, name + "_before_1")).hasSize(1);
            assertWorks(cluster, project);
            assertThatThrownBy(() -> template.create(name + "_outdated"))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("ask the cluster for the template again");
            template(cluster, name).create(name + "_copy");
            createThree(cluster, name + "_after");
            assertThat(rowsEverywhere("postgres", name + "_copy", name + "_after_1"))
                    .hasSize(1);
            assertThat(cluster.verify().isClean()).isTrue();
            template.drop();
            dropAll(cluster);
            assertLogsAreSilent(password);
        }
    }

    @Test
    @Tag("long")
    void next_admin_rotation_completes_an_interrupted_one() throws Exception {
        toRows();
        String name = TestCluster.unique("halfway");
        Secret before = password;
        Secret after = Secret.of("after-" + name);
        EmbeddedNode first = embedded.workers().get(0);
        try (CitusCluster cluster = connect(false)) {
            filled(cluster, name);
        }
        // As if the process was killed when one worker had changed.
        ask(
                first,
                "postgres",
                bind(
                        "set citus.enable_alter_role_propagation = off; alter role postgres password ?; "
                                + "update pg_dist_authinfo set authinfo = ? where rolename = 'postgres'",
                        after.reveal(),
                        "password=" + after.reveal()));
        try (CitusCluster cluster = connect(true)) {
            assertThat(cluster.verify().findings())
                    .anySatisfy(finding -> assertThat(finding.toString()).contains(String.valueOf(first.port())));

            assertThat(cluster.users().rotateAdminPassword(after).isComplete()).isTrue();
            password = after;
        }
        assertOnlyNewPassword(before);
        // As if it was killed before the rows of the projects.
        ask(first, name, "update pg_dist_authinfo set authinfo = 'password=stale' where rolename = 'postgres'");
        try (CitusCluster cluster = connect(false)) {
            assertThat(cluster.users().rotateAdminPassword(after).isComplete()).isTrue();
            assertThat(rowsEverywhere(name)).hasSize(1);
            assertWorks(cluster, cluster.getProject(name));
            dropAll(cluster);
        }
    }

    @Test
    @Tag("long")
    void admin_rotation_leaves_one_password_when_nodes_die() throws Exception {
        toRows();
        String name = TestCluster.unique("away");
        EmbeddedNode last = embedded.workers().get(1);
        Secret before = password;
        try (CitusCluster cluster = connect(false)) {
            filled(cluster, name);
            last.kill();
            try {
                assertThatThrownBy(cluster.users()::rotateAdminPassword)
                        .isInstanceOf(NodeUnreachableException.class)
                        .hasMessageContaining(String.valueOf(last.port()))
                        .hasMessageContaining("nothing was changed");
            } finally {
                last.start();
            }
            assertOnlyNewPassword(Secret.of("none"));

            PasswordRotationException failure = dyingOnTheWay(last, last, cluster.users()::rotateAdminPassword);
            last.start();
            assertOnlyNewPassword(failure.password());
            assertThat(cluster.users().rotateAdminPassword(failure.password()).isComplete())
                    .isTrue();
            password = failure.password();
            assertOnlyNewPassword(before);
        }
        try (CitusCluster cluster = connect(true)) {
            PasswordRotationException failure =
                    dyingOnTheWay(embedded.coordinator(), embedded.coordinator(), cluster.users()::rotateAdminPassword);
            embedded.coordinator().start();
            try (CitusCluster next = connect(true)) {
                assertThat(next.users().rotateAdminPassword(failure.password()).isComplete())
                        .isTrue();
                password = failure.password();
                assertWorks(next, next.getProject(name));
                dropAll(next);
            }
        }
    }

    private PasswordRotationException dyingOnTheWay(EmbeddedNode held, EmbeddedNode dying, Callable<?> rotating)
            throws Exception {
        try (Connection holding = open(held, "postgres", password)) {
            holding.setAutoCommit(false);
            TestCluster.ask(holding, "lock table pg_authid in share mode");
            Future<?> rotation = threads.submit(rotating);
            Await.until(() -> !ask(
                            held,
                            "postgres",
                            "select from pg_locks where not granted and relation = 'pg_authid'::regclass::oid")
                    .isEmpty());
            dying.kill();
            ExecutionException failed = catchThrowableOfType(ExecutionException.class, rotation::get);
            assertThat(failed).hasCauseInstanceOf(PasswordRotationException.class);
            PasswordRotationException failure = (PasswordRotationException) failed.getCause();
            assertThat(failure.user()).isEqualTo("postgres");
            assertThat(failure.getMessage())
                    .contains("rotateAdminPassword")
                    .doesNotContain(failure.password().reveal());
            return failure;
        }
    }

    private CitusCluster connect(boolean direct) {
        return CitusCluster.connect(ClusterOptions.of(embedded.jdbcUrl("postgres"), "postgres", password)
                .directWorkerConnections(direct)
                .deadline(Duration.ofMinutes(2)));
    }

    private Project filled(CitusCluster cluster, String name) throws SQLException {
        Project project = cluster.project(name).withUser(name + "_user", OWNERS).create();
        nodes.ask(
                embedded.coordinator(),
                name,
                name + "_user",
                OWNERS.reveal(),
                "create table t as select generate_series(1, 10) as id");
        project.tables().distribute("t", "id", options -> options.shardCount(4));
        return project;
    }

    private ProjectTemplate template(CitusCluster cluster, String name) {
        return cluster.template(cluster.project(name + "_t").withUser(name + "_u", OWNERS), "v1", made -> {});
    }

    private static void createThree(CitusCluster cluster, String name) {
        assertThat(cluster.create(Stream.of("_1", "_2", "_3")
                        .map(suffix -> cluster.project(name + suffix).withUser(name + suffix, OWNERS))
                        .toList()))
                .allSatisfy(outcome -> assertThat(outcome.failure()).isEmpty());
    }

    private static void dropAll(CitusCluster cluster) {
        cluster.projects().forEach(project -> cluster.getProject(project.name()).drop());
    }

    private int count(String name) throws SQLException {
        return Integer.parseInt(
                nodes.ask(embedded.coordinator(), name, name + "_user", OWNERS.reveal(), "select count(*) from t")
                        .get(0));
    }

    private void assertWorks(CitusCluster cluster, Project project) throws SQLException {
        String name = project.name();
        assertThat(count(name)).isEqualTo(10);
        nodes.ask(
                embedded.coordinator(),
                name,
                name + "_user",
                OWNERS.reveal(),
                "create table later (id int); select create_distributed_table('later', 'id', shard_count := 2); drop table later");
        assertThat(cluster.verify().isClean()).isTrue();
        String next = TestCluster.unique("next");
        Project made = filled(cluster, next);
        assertThat(count(next)).isEqualTo(10);
        made.drop();
    }

    private void assertOnlyNewPassword(Secret refused) throws SQLException {
        assertThat(embedded.nodes().stream()
                        .map(node -> {
                            try {
                                return ask(node, "postgres", VERIFIER);
                            } catch (SQLException failure) {
                                throw new AssertionError(node.toString(), failure);
                            }
                        })
                        .distinct())
                .hasSize(1);
        for (EmbeddedNode node : embedded.nodes()) {
            assertThatThrownBy(() -> open(node, "postgres", refused))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    private List<String> rowsEverywhere(String... databases) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String database : databases) {
            for (EmbeddedNode node : embedded.nodes()) {
                assertThat(ask(node, database, "select from pg_dist_authinfo where rolename ~ '^pg_'"))
                        .isEmpty();
                found.addAll(ask(node, database, ROWS));
            }
        }
        return found.stream().distinct().toList();
    }

    private void assertLogsAreSilent(Secret secret) throws SQLException, IOException {
        String verifier = ask(embedded.coordinator(), "postgres", VERIFIER).get(0);
        for (EmbeddedNode node : embedded.nodes()) {
            assertThat(node.log()).doesNotContain(secret.reveal()).doesNotContain(verifier);
        }
    }

    private Connection open(EmbeddedNode node, String database, Secret as) throws SQLException {
        return DriverManager.getConnection(node.jdbcUrl(database), "postgres", as.reveal());
    }

    private List<String> ask(EmbeddedNode node, String database, String sql) throws SQLException {
        try (Connection session = open(node, database, password)) {
            TestCluster.ask(session, "set log_statement = 'none'");
            return TestCluster.ask(session, sql);
        }
    }

    private void writeFiles(Secret secret) throws IOException {
        String line = "*:*:*:postgres:" + secret.reveal().replace("\\", "\\\\").replace(":", "\\:") + "\n";
        for (Path file : passwordFiles.values()) {
            Files.writeString(file, line);
        }
    }

    private void toFiles() throws Exception {
        for (EmbeddedNode node : embedded.nodes()) {
            for (String database : ask(
                    node,
                    "postgres",
                    "select datname from pg_database where datallowconn and datname <> 'template1'")) {
                ask(
                        node,
                        database,
                        "do 'begin delete from pg_dist_authinfo where rolename = ''postgres''; exception when undefined_table then end'");
            }
        }
        writeFiles(password);
    }

    private void toRows() throws Exception {
        for (EmbeddedNode node : embedded.nodes()) {
            ask(
                    node,
                    "postgres",
                    "insert into pg_dist_authinfo values (0, 'postgres', "
                            + literal("password='"
                                    + password.reveal().replace("\\", "\\\\").replace("'", "\\'") + "'")
                            + ") on conflict (rolename, nodeid) do update set authinfo = excluded.authinfo");
        }
        try (CitusCluster cluster = connect(false)) {
            assertThat(cluster.repair())
                    .allSatisfy(outcome -> assertThat(outcome.failure()).isEmpty());
        }
        writeFiles(Secret.of("stale"));
    }
}
