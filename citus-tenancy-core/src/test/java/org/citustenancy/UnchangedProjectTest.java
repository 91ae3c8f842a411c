package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Where nothing has changed, no session enters the database; a change is found from outside. */
@Tag("once")
@RequiresCluster(ofItsOwn = true)
@TestInstance(Lifecycle.PER_CLASS)
class UnchangedProjectTest {

    private static final int WORKER = 1;
    private static final int OTHER_WORKER = 2;

    private final TestCluster nodes;
    private final CitusCluster cluster;
    private final String name = TestCluster.unique("unchanged");
    private final String owner = name + "_user";
    private final String reader = name + "_reader";
    private final String reports = name + "_reports";

    UnchangedProjectTest(TestCluster nodes) {
        this.nodes = nodes;
        this.cluster = CitusCluster.connect(nodes.options().deadline(Duration.ofMinutes(1)));
    }

    @AfterAll
    void end() {
        cluster.projects().stream()
                .map(project -> project.name())
                .filter(known -> known.startsWith(name))
                .forEach(known -> cluster.getProject(known).drop());
        cluster.close();
    }

    private ProjectRequest request() {
        return cluster.project(name)
                .withUser(owner, Secret.of("owns"))
                .withReadOnlyUser(reader, Secret.of("reads"))
                .withTableUser(reports, Secret.of("reports"), "facts")
                .setting("statement_timeout", "30s");
    }

    @Test
    void fingerprint_changes_with_each_change_of_the_project() throws SQLException {
        request().create();
        // The table user waits for a table, which can only be seen inside.
        asOwner("create table facts (id bigint primary key, value text)");
        assertThat(asked(request())).isNotEmpty();
        assertThat(nodes.ask(nodes.embedded().coordinator(), name, reports, "reports", "select count(*) from facts"))
                .containsExactly("0");
        assertUnchanged();

        assertMended(WORKER, "alter role $owner password 'another'");
        assertMended(WORKER, "grant connect on database $db to public");
        assertMended(OTHER_WORKER, "alter database $db set statement_timeout = '1s'");
        assertMended(0, "revoke select on facts from $reports");
        assertMended(
                OTHER_WORKER,
                "alter default privileges for role $owner in schema public revoke select on tables from $reader");
        assertThat(TestCluster.besidesTrust(cluster.getProject(name).verify()).findings())
                .isEmpty();

        asOwner("drop table facts");
        asOwner("create table facts (id bigint primary key, value text)");
        assertThat(asked(request())).isNotEmpty();
        assertThat(nodes.ask(nodes.embedded().coordinator(), name, reports, "reports", "select count(*) from facts"))
                .containsExactly("0");
        assertUnchanged();

        nodes.ask(nodes.embedded().workers().get(0), "postgres", "drop database " + name + " with (force)");
        nodes.ask(nodes.embedded().workers().get(0), "postgres", "create database " + name + " owner " + owner);
        assertThat(asked(request())).isNotEmpty();
        assertThat(TestCluster.besidesTrust(cluster.getProject(name).verify()).findings())
                .isEmpty();
        assertUnchanged();
    }

    @Test
    void changed_request_is_provisioned() throws SQLException {
        String other = name + "_asked";
        cluster.project(other).withUser(other + "_user", Secret.of("first")).create();
        assertThat(asked(cluster.project(other).withUser(other + "_user", Secret.of("first"))))
                .isEmpty();

        assertThat(asked(cluster.project(other).withUser(other + "_user", Secret.of("second"))))
                .isNotEmpty();
        assertThat(nodes.ask(nodes.embedded().coordinator(), other, other + "_user", "second", "select 1"))
                .containsExactly("1");
        assertThat(asked(cluster.project(other).setting("lock_timeout", "5s"))).isNotEmpty();
        assertThat(asked(cluster.project(other).connectionLimit(7))).isNotEmpty();
        assertThat(asked(cluster.project(other).connectionLimit(7))).isEmpty();
        assertThat(cluster.project(other).connectionLimit(7).plan().isEmpty()).isTrue();
        assertThat(cluster.project(other).connectionLimit(8).plan().isEmpty()).isFalse();
    }

    @Test
    @Tag("long")
    void unchanged_projects_are_observed_together_without_a_session_in_them() throws Exception {
        List<ProjectRequest> requests = IntStream.range(0, 4)
                .mapToObj(number -> cluster.project(name + "_many_" + number)
                        .withUser(name + "_many_" + number + "_user", Secret.of("many")))
                .toList();
        assertThat(cluster.create(requests))
                .allSatisfy(outcome -> assertThat(outcome.failure()).isEmpty());

        List<ProjectOutcome> again;
        try (Connection first = closed(name + "_many_0");
                Connection last = closed(name + "_many_3")) {
            assertThat(List.of(first, last)).hasSize(2);
            again = cluster.create(requests);
        }

        assertThat(again).allSatisfy(outcome -> {
            Project project = outcome.orThrow();
            assertThat(project.result().orElseThrow().outcomes()).isEmpty();
            assertThat(project.connection(project.name() + "_user").jdbcUrl()).contains(project.name());
        });
        List<ProjectRequest> oneIsWrong = new ArrayList<>(requests);
        oneIsWrong.set(2, cluster.project(name + "_many_2").withUser("somebody_else", Secret.of("many")));
        assertThat(cluster.create(oneIsWrong).stream()
                        .map(outcome -> outcome.failure().isPresent())
                        .toList())
                .containsExactly(false, false, true, false);
    }

    /** A session that looks for the extensions of that database waits until this is closed, and ends before. */
    private Connection closed(String project) throws SQLException {
        Connection connection = nodes.open(nodes.embedded().coordinator(), project);
        connection.setAutoCommit(false);
        TestCluster.ask(connection, "lock table pg_catalog.pg_extension in access exclusive mode");
        return connection;
    }

    private void assertMended(int node, String sql) throws SQLException {
        change(nodes.embedded().nodes().get(node), sql);
        assertThat(request().plan().isEmpty()).as(sql).isFalse();
        assertThat(asked(request())).as(sql).isNotEmpty();
        assertUnchanged();
    }

    private void assertUnchanged() {
        assertThat(request().plan().isEmpty()).isTrue();
        assertThat(asked(request())).isEmpty();
    }

    private static List<?> asked(ProjectRequest request) {
        ProvisioningResult result = request.create().result().orElseThrow();
        return result.outcomes();
    }

    private void change(EmbeddedNode node, String sql) throws SQLException {
        try (Connection connection = nodes.open(node, name)) {
            TestCluster.ask(connection, "set citus.enable_ddl_propagation = off");
            TestCluster.ask(connection, "set citus.enable_alter_role_propagation = off");
            TestCluster.ask(
                    connection,
                    sql.replace("$db", name)
                            .replace("$owner", owner)
                            .replace("$reader", reader)
                            .replace("$reports", reports));
        }
    }

    private void asOwner(String sql) throws SQLException {
        nodes.ask(nodes.embedded().coordinator(), name, owner, "owns", sql);
    }
}
