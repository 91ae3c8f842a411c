package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatCoordinator;
import static org.citustenancy.testing.NodesAssert.assertThatNode;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.SQLException;
import java.util.List;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a new project is, seen from every node. */
@Tag("through-coordinator")
@RequiresCluster
class ProvisioningTest {

    private final TestCluster nodes;

    ProvisioningTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void new_project_exists_on_all_nodes_and_admits_its_users_only() throws SQLException {
        String name = TestCluster.unique("distributed");
        String user = name + "_user";
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name)
                    .withUser(user, Secret.of("first-Password"))
                    .create();

            assertThat(project.result().orElseThrow().changed()).isTrue();
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                assertThat(nodes.ask(node, name, "select extname from pg_extension where extname = 'citus'"))
                        .containsExactly("citus");
                assertThat(nodes.ask(
                                node,
                                "postgres",
                                bind(
                                        "select has_database_privilege('public', ?, 'connect'), has_database_privilege('public', ?, 'temp')",
                                        name,
                                        name)))
                        .containsExactly("f|f");
                assertThat(nodes.ask(node, name, "select count(*) from pg_dist_node"))
                        .containsExactly("3");
                assertThatNode(nodes, node)
                        .hasDatabaseOwner(name, "citus_tenancy_owner")
                        .hasConnectionLimit(name, -1);
            }
            ConnectionInfo connection = project.connection(user);
            nodes.ask(
                    nodes.embedded().coordinator(),
                    name,
                    user,
                    connection.password().reveal(),
                    "create table users (id bigint primary key, name text)");
            assertThat(project.tables().distribute("users", "id").changed()).isTrue();
            assertThat(project.tables().shardsPerNode()).hasSize(2).allSatisfy((node, shards) -> assertThat(shards)
                    .isEqualTo(16));
            assertThat(
                            nodes.ask(
                                    nodes.embedded().coordinator(),
                                    name,
                                    user,
                                    "first-Password",
                                    "insert into users select i, 'name' from generate_series(1, 100) i; select count(*) from users"))
                    .isEmpty();
            assertThat(nodes.ask(
                            nodes.embedded().coordinator(), name, user, "first-Password", "select count(*) from users"))
                    .containsExactly("100");
        }
    }

    @Test
    void owner_distributes_a_table() throws SQLException {
        String name = TestCluster.unique("owner_distributes");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name).withUser().create();
            ConnectionInfo connection = project.connection(name + "_user");
            List<String> created = nodes.ask(
                    nodes.embedded().coordinator(),
                    name,
                    connection.user(),
                    connection.password().reveal(),
                    "create table events (id bigint, at timestamptz)");
            assertThat(created).isEmpty();

            assertThat(project.tables(connection).distribute("events", "id").changed())
                    .isTrue();
            assertThat(project.tables().list())
                    .singleElement()
                    .satisfies(table -> assertThat(table.distributionColumn()).contains("id"));
        }
    }

    @Test
    void repeated_create_changes_nothing() {
        String name = TestCluster.unique("twice");
        try (CitusCluster cluster = nodes.connect()) {
            ProjectRequest request = cluster.project(name)
                    .withUser("twice_user", Secret.of("a Password"))
                    .connectionLimit(30)
                    .setting("statement_timeout", "40s");
            request.create();

            Project again = request.create();

            assertThat(again.result().orElseThrow().changed()).isFalse();
            assertThat(again.result().orElseThrow().toString()).contains("unchanged");
            assertThat(request.plan().isEmpty()).isTrue();
            assertThat(TestCluster.besidesTrust(again.verify()).findings()).isEmpty();
        }
    }

    @Test
    void plan_changes_nothing() throws SQLException {
        String name = TestCluster.unique("only_planned");
        try (CitusCluster cluster = nodes.connect()) {
            ProvisioningPlan plan =
                    cluster.project(name).withUser(name + "_user").plan();

            assertThat(plan.steps()).isNotEmpty();
            assertThat(plan.toString()).contains("create database").doesNotContain("SCRAM");
            assertThatCoordinator(nodes).hasNoDatabase(name).hasNoRole(name + "_user");
        }
    }

    @Test
    void drop_leaves_nothing_on_any_node() throws SQLException {
        String name = TestCluster.unique("dropped");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name).withUser().create();

            project.drop();

            for (EmbeddedNode node : nodes.embedded().nodes()) {
                assertThatNode(nodes, node).hasNoDatabase(name).hasNoRole(name + "_user");
            }
            assertThat(cluster.projects()).noneMatch(known -> known.name().equals(name));
            assertThatThrownBy(project::drop).hasMessageContaining("No project \"" + name + "\" is managed here");
        }
    }
}
