package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatCoordinator;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.testing.ProjectPicture;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Databases that were made by hand come to the same state as new ones, and keep their rows. */
@Tag("asks-for-passwords")
@RequiresCluster
@TestInstance(Lifecycle.PER_CLASS)
class AdoptionTest {

    private final TestCluster nodes;
    private final CitusCluster cluster;
    private Map<String, List<String>> whole;

    AdoptionTest(TestCluster nodes) {
        this.nodes = nodes;
        this.cluster = nodes.connect();
    }

    @BeforeAll
    void read_the_state_of_a_new_project() throws Exception {
        String name = TestCluster.unique("not_adopted");
        cluster.project(name)
                .withUser(name + "_user", Secret.of("any"))
                .connectionLimit(50)
                .create();
        whole = ProjectPicture.of(nodes, name, name + "_user");
    }

    @AfterAll
    void disconnect() {
        cluster.close();
    }

    @Test
    void create_adopts_a_database_that_was_made_on_the_coordinator_alone() throws Exception {
        String name = TestCluster.unique("by_guide");
        EmbeddedNode coordinator = nodes.embedded().coordinator();
        nodes.ask("postgres", "create database " + name);
        // Citus carries this to the workers, where the password gets another salt.
        nodes.ask("postgres", "create user " + name + "_user with password 'given'");
        nodes.ask(name, "grant all privileges on database " + name + " to " + name + "_user");
        nodes.ask(name, "create extension citus");
        nodes.ask(name, "grant all on schema public to " + name + "_user");
        makeRows(coordinator, name);

        Project adopted = adopt(name);

        assertIsWhole(name);
        assertThat(nodes.askAll(
                        "postgres", bind("select rolpassword from pg_authid where rolname = ?", name + "_user")))
                .hasSize(1);
        assertKeptRows(coordinator, name);
        assertOwnerDistributes(adopted);
    }

    @Test
    void create_adopts_databases_that_were_made_on_every_node_without_citus() throws Exception {
        String name = TestCluster.unique("by_hand");
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            nodes.ask(node, "postgres", "create database " + name + " connection limit 3");
            makeRows(node, name);
        }

        adopt(name);

        assertIsWhole(name);
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            assertKeptRows(node, name);
        }
    }

    @Test
    void create_adopts_databases_with_citus_that_allow_no_connections() throws Exception {
        String name = TestCluster.unique("by_hand_with_citus");
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            nodes.ask(node, "postgres", "create database " + name);
            nodes.ask(node, name, "create extension citus");
        }
        makeRows(nodes.embedded().coordinator(), name);
        nodes.ask("postgres", "alter database " + name + " with allow_connections false");

        adopt(name);

        assertIsWhole(name);
        assertKeptRows(nodes.embedded().coordinator(), name);
    }

    @Test
    void create_refuses_an_existing_database_without_adopt_existing() throws Exception {
        String name = TestCluster.unique("not_to_adopt");
        EmbeddedNode worker = nodes.embedded().workers().get(0);
        nodes.ask(worker, "postgres", "create database " + name);

        assertThatThrownBy(() -> cluster.project(name).withUser().create())
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("There is a database \"" + name + "\" already")
                .hasMessageContaining("adoptExisting()");

        assertThatCoordinator(nodes).hasNoDatabase(name);
        assertThatNodes(nodes).hasNoRole(name + "_user");
        nodes.ask(worker, "postgres", "drop database " + name);
    }

    private Project adopt(String name) {
        ProjectRequest request = cluster.project(name)
                .withUser(name + "_user", Secret.of("given"))
                .connectionLimit(50)
                .adoptExisting();
        Project adopted = request.create();
        assertThat(TestCluster.besidesTrust(adopted.verify()).findings()).isEmpty();
        assertThat(request.create().result().orElseThrow().changed()).isFalse();
        return adopted;
    }

    private void makeRows(EmbeddedNode node, String name) throws SQLException {
        nodes.ask(node, name, "create table kept (id int, word text)");
        nodes.ask(node, name, "insert into kept select i, 'word ' || i from generate_series(1, 100) i");
    }

    private void assertKeptRows(EmbeddedNode node, String name) throws SQLException {
        assertThat(nodes.ask(node, name, "select count(*), min(word) from kept"))
                .containsExactly("100|word 1");
    }

    private void assertIsWhole(String name) throws SQLException {
        assertThat(ProjectPicture.of(nodes, name, name + "_user")).isEqualTo(whole);
    }

    private void assertOwnerDistributes(Project project) throws SQLException {
        ConnectionInfo owner = project.connection(project.name() + "_user");
        nodes.ask(
                nodes.embedded().coordinator(),
                project.name(),
                owner.user(),
                owner.password().reveal(),
                "create table spread (id bigint)");
        project.tables(owner).distribute("spread", "id");
        assertThat(nodes.ask(project.name(), "select distinct nodeport from citus_shards order by 1"))
                .hasSize(2)
                .doesNotContain(String.valueOf(nodes.embedded().coordinator().port()));
    }
}
