package org.citustenancy.cloning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.plan.Severity;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.testing.EveryKind;
import org.citustenancy.testing.ProjectPicture;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A copy of a project is a project like it. */
@Tag("asks-for-passwords")
@RequiresCluster
class CloneTest {

    private static final Secret PASSWORD = Secret.of("cloned-Password");

    private static Project project(CitusCluster cluster, String name) {
        return cluster.project(name)
                .withUser(name + "_user", PASSWORD)
                .withReadOnlyUser(name + "_reader", PASSWORD)
                .withTableUser(name + "_table", PASSWORD, "note")
                .setting("work_mem", "5MB")
                .connectionLimit(70)
                .create();
    }

    private static List<String> asUser(TestCluster nodes, String database, String user, String sql)
            throws SQLException {
        return nodes.ask(nodes.embedded().coordinator(), database, user, PASSWORD.reveal(), sql);
    }

    /** But for the table that one of the users waits for. */
    private static void assertSound(Project project) {
        assertThat(TestCluster.besidesTrust(project.verify()).findings())
                .allMatch(finding -> finding.severity() == Severity.NOTICE);
    }

    @Test
    void clone_has_everything_and_survives_the_drop_of_its_original(TestCluster nodes) throws SQLException {
        String name = TestCluster.unique("original");
        String copy = TestCluster.unique("copied");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = project(cluster, name);
            EveryKind.makeIn(nodes, name, name + "_user");
            project.repair();
            Map<String, List<String>> before = ProjectPicture.of(nodes, name, name + "_user");

            Project clone = project.cloneTo(copy);

            assertThat(clone.users()).containsExactlyElementsOf(project.users());
            assertThat(TestCluster.besidesTrust(clone.verify()).findings()).isEmpty();
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
            assertThat(ProjectPicture.of(nodes, name, name + "_user")).isEqualTo(before);
            assertThat(ProjectPicture.of(nodes, copy, name + "_user")).isEqualTo(before);
            EveryKind.assertSame(nodes, name, copy);
            assertThat(nodes.ask(copy, "show work_mem")).containsExactly("5MB");

            // They are two: what one writes, the other does not see.
            asUser(nodes, copy, name + "_user", "insert into note values (77, null)");
            assertThat(asUser(nodes, name, name + "_table", "select count(*) from note"))
                    .containsExactly("2");
            assertThat(asUser(nodes, copy, name + "_table", "select count(*) from note"))
                    .containsExactly("3");

            project.drop();

            assertThat(TestCluster.besidesTrust(clone.verify()).findings()).isEmpty();
            String owner = name + "_user";
            asUser(nodes, copy, owner, "create table later (id bigint primary key)");
            asUser(nodes, copy, owner, "select create_distributed_table('later', 'id')");
            asUser(nodes, copy, owner, "insert into later select generate_series(1, 100)");
            assertThat(asUser(nodes, copy, name + "_reader", "select count(*) from later"))
                    .containsExactly("100");
            EmbeddedNode worker = nodes.embedded().workers().get(0);
            nodes.ask(copy, "select citus_activate_node('127.0.0.1', " + worker.port() + ")");
            nodes.ask(copy, "alter database " + copy + " connection limit 71");
            assertThatNodes(nodes).hasConnectionLimit(copy, 71);
            clone.drop();
        }
        assertThatNodes(nodes).hasNoRoleStartingWith(name);
    }

    @Test
    void clone_refuses_open_sessions_without_ending_sessions(TestCluster nodes) throws SQLException {
        String name = TestCluster.unique("busy");
        String copy = TestCluster.unique("busy_copy");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = project(cluster, name);
            EmbeddedNode worker = nodes.embedded().workers().get(1);
            try (Connection client = nodes.open(worker, name)) {
                TestCluster.ask(client, "set application_name = 'nightly'");
                assertThatThrownBy(() -> project.cloneTo(copy))
                        .isInstanceOf(ConflictException.class)
                        .hasMessageContaining("nightly")
                        .hasMessageContaining("endingSessions()");
                assertThat(TestCluster.ask(client, "select 1")).containsExactly("1");
                assertSound(project);
                assertThat(cluster.projects())
                        .extracting(RegisteredProject::name)
                        .doesNotContain(copy);

                project.cloneTo(copy, CloneOptions::endingSessions);

                assertThatThrownBy(() -> TestCluster.ask(client, "select 1")).isInstanceOf(SQLException.class);
            }
            assertSound(project);
            assertThat(asUser(nodes, name, name + "_user", "select 1")).containsExactly("1");
            cluster.getProject(copy).drop();
            project.drop();
        }
    }

    @Test
    @Tag("long")
    void clone_is_consistent_while_transactions_commit(TestCluster nodes) throws Exception {
        String name = TestCluster.unique("transfers");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = project(cluster, name);
            asUser(nodes, name, name + "_user", "create table account (id int primary key, amount bigint)");
            project.tables().distribute("account", "id");
            asUser(nodes, name, name + "_user", "insert into account select i, 100 from generate_series(1, 40) i");
            List<Transfers> clients = List.of(
                    new Transfers(nodes, name, name + "_user"),
                    new Transfers(nodes, name, name + "_user"),
                    new Transfers(nodes, name, name + "_user"));
            clients.forEach(Thread::start);
            for (int round = 0; round < 3; round++) {
                Transfers.awaitSome(clients);
                String copy = TestCluster.unique("transferred");
                Project clone = project.cloneTo(copy, CloneOptions::endingSessions);
                assertThat(nodes.ask(copy, "select sum(amount) from account")).containsExactly("4000");
                assertThat(nodes.askAll("postgres", bind("select gid from pg_prepared_xacts where database = ?", copy)))
                        .isEmpty();
                clone.drop();
            }
            for (Transfers client : clients) {
                client.end();
            }
            assertThat(nodes.ask(name, "select sum(amount) from account")).containsExactly("4000");
            project.drop();
        }
    }

    @Test
    void refused_clone_leaves_nothing(TestCluster nodes) throws SQLException {
        String name = TestCluster.unique("refused");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = project(cluster, name);
            assertThatThrownBy(() -> project.cloneTo(name)).isInstanceOf(ConflictException.class);
            nodes.ask("postgres", "create database " + name + "_hand");
            assertThatThrownBy(() -> project.cloneTo(name + "_hand"))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("choose another name");
            nodes.discard(List.of(name + "_hand"));

            // A transaction that another session prepared: only its owner knows what is to become of it.
            try (Connection client = nodes.open(nodes.embedded().workers().get(0), name)) {
                TestCluster.ask(client, "begin");
                TestCluster.ask(client, "create table theirs ()");
                TestCluster.ask(client, "prepare transaction 'theirs'");
            }
            String copy = TestCluster.unique("refused_copy");
            assertThatThrownBy(() -> project.cloneTo(copy))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("theirs");
            assertThat(cluster.projects()).extracting(RegisteredProject::name).doesNotContain(copy);
            nodes.ask(nodes.embedded().workers().get(0), name, "rollback prepared 'theirs'");
            assertSound(project);

            project.drop();
            assertThatThrownBy(() -> project.cloneTo(copy)).isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    @Tag("long")
    void clone_replaces_the_remains_of_an_interrupted_clone(TestCluster nodes) throws SQLException {
        String name = TestCluster.unique("cut");
        String copy = TestCluster.unique("cut_copy");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = project(cluster, name);
            CloneOptions failing = CloneOptions.STANDARD.onProgress(progress -> {
                if (progress.phase().contains("create the database")) {
                    throw new AssertionError("cut short");
                }
            });
            assertThatThrownBy(() -> project.cloneTo(copy, options -> failing)).hasMessageContaining("cut short");
            assertSound(project);
            assertThat(cluster.projects())
                    .filteredOn(each -> each.name().equals(copy))
                    .extracting(RegisteredProject::state)
                    .containsExactly(ProjectState.CLONING);
            assertThatThrownBy(() -> cluster.project(copy)
                            .withUser(name + "_user", PASSWORD)
                            .create())
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("cloning");
            nodes.ask(name, "create table since (id int)");

            Project clone = project.cloneTo(copy);

            assertThat(nodes.ask(copy, "select * from since")).isEmpty();
            assertSound(clone);
            clone.drop();
            project.drop();
        }
    }
}
