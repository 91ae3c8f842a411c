package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.formation.ClusterFormation;
import org.citustenancy.testing.Program;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project is no maintenance database, and a registry is no project's. */
@Tag("asks-for-passwords")
@RequiresCluster
class MaintenanceDatabaseTest {

    private static final String REGISTRIES = "select 1 from pg_namespace where nspname = 'citus_tenancy'";

    private final TestCluster nodes;

    MaintenanceDatabaseTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void connect_refuses_a_project_as_maintenance_database_before_it_creates_anything() throws SQLException {
        String name = TestCluster.unique("no_maintenance");
        EmbeddedNode coordinator = nodes.embedded().coordinator();
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name)
                    .withUser(name + "_user", Secret.of("any"))
                    .create();

            assertRefused(name, "is a project's or a template's");

            // As in a cluster of an earlier version, whose databases belong to the projects' owners.
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                nodes.ask(node, "postgres", "alter database " + name + " owner to " + name + "_user");
            }
            assertRefused(name, "the registry in the database \"postgres\" has it");

            assertThatThrownBy(() -> CitusCluster.form(
                            nodes.options(name), ClusterFormation.of(coordinator.name(), coordinator.port())))
                    .isInstanceOf(ConflictException.class);
            assertThat(nodes.ask(name, REGISTRIES)).isEmpty();
            project.repair();
            assertRefused(name, "is a project's or a template's");
            project.drop();
        }
    }

    private void assertRefused(String database, String why) throws SQLException {
        assertThatThrownBy(() -> CitusCluster.connect(nodes.options(database)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("connect to");
        assertThat(nodes.ask(database, REGISTRIES)).isEmpty();
    }

    @Test
    void grants_backups_and_clones_exclude_a_registry_in_a_project(@TempDir Path directory) throws Exception {
        String name = TestCluster.unique("two_registries");
        String user = name + "_user";
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name)
                    .withUser(user, Secret.of("any"))
                    .withReadOnlyUser(name + "_reader", Secret.of("any"))
                    .create();
            // What an earlier version has made there.
            nodes.ask(name, "create schema citus_tenancy");
            nodes.ask(name, "create table citus_tenancy.project (name text primary key)");
            nodes.ask(name, "create table citus_tenancy.project_user (project text)");
            nodes.ask(nodes.embedded().coordinator(), name, user, "any", "create table theirs (id int)");
            String acls = "select coalesce(relacl::text, 'none') from pg_class where relnamespace = "
                    + "'citus_tenancy'::regnamespace and relkind = 'r' union all "
                    + "select coalesce(nspacl::text, 'none') from pg_namespace where nspname = 'citus_tenancy'";

            project.repair();
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
            assertThat(nodes.ask(name, acls)).containsOnly("none");
            assertThat(project.tables().list())
                    .extracting(table -> table.name().table())
                    .containsExactly("theirs");

            Path backup = directory.resolve("backup");
            project.backup(backup);
            assertThat(Program.run(
                            "",
                            "pg_restore",
                            "--list",
                            backup.resolve("schema.dump").toString()))
                    .contains("theirs")
                    .doesNotContain("citus_tenancy project");
            assertThat(Files.readString(backup.resolve("manifest.json"))).doesNotContain("project_user");

            String copy = TestCluster.unique("two_registries_copy");
            assertThatThrownBy(() -> project.cloneTo(copy))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("has a registry of projects")
                    .hasMessageContaining("drop the schema citus_tenancy");
            assertThatNodes(nodes).hasNoDatabase(copy);
            project.unregister();
            assertThatThrownBy(() -> cluster.project(name)
                            .withUser(user, Secret.of("any"))
                            .adoptExisting()
                            .create())
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("has a registry of projects");
            cluster.dropUnmanaged(name);
        }
    }
}
