package org.citustenancy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.citustenancy.CitusCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requested extensions are where users look for them, and their scripts run nothing that a user has created. */
@Tag("asks-for-passwords")
@RequiresCluster
class ExtensionsInPublicTest {

    private static final Secret PASSWORD = Secret.of("extension-Password");
    private static final String EXTENSIONS =
            "select x.extname, x.extnamespace::regnamespace from pg_extension x where x.extname not in ('plpgsql', 'citus', "
                    + "'citus_columnar') order by 1";

    private final TestCluster nodes;
    private final String name = TestCluster.unique("extended");
    private final String owner = name + "_o";

    ExtensionsInPublicTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void extension_scripts_run_in_a_schema_without_objects_of_users() throws SQLException {
        try (CitusCluster cluster = nodes.connect()) {
            cluster.project(name)
                    .withUser(owner, PASSWORD)
                    .extension("hstore")
                    .extension("dblink")
                    .create();
            assertThat(nodes.askAll(name, EXTENSIONS)).containsExactly("dblink|public", "hstore|public");
            asOwner("create table of_the_owner (id int primary key, words hstore)");
            asOwner("create function show_trgm(name) returns text[] language plpgsql as "
                    + "'begin raise exception ''the script ran it''; end'");
            asOwner("create operator % (leftarg = name, rightarg = name, function = pg_catalog.nameeq)");

            // Relocatable: created elsewhere. It has a function and an operator of these names.
            cluster.project(name).extension("pg_trgm").create();
            assertThat(nodes.askAll(name, EXTENSIONS))
                    .containsExactly("dblink|public", "hstore|public", "pg_trgm|public");

            // Not relocatable: not while the owner has functions there.
            assertThatThrownBy(() -> cluster.project(name).extension("xml2").create())
                    .isInstanceOf(StepFailedException.class)
                    .hasMessageContaining("schema public has functions or operators of users")
                    .hasMessageContaining("xml2");
            asOwner("drop operator % (name, name)");
            asOwner("drop function show_trgm(name)");
            cluster.project(name).extension("xml2").create();
            assertThat(nodes.askAll(name, EXTENSIONS))
                    .containsExactly("dblink|public", "hstore|public", "pg_trgm|public", "xml2|public");

            assertThat(nodes.askAll(
                            name, "select count(*) from pg_namespace where nspname = 'citus_tenancy_extension'"))
                    .containsExactly("0");
            assertThat(cluster.getProject(name).verify().findings()).isEmpty();
            cluster.getProject(name).drop();
        }
    }

    private void asOwner(String sql) throws SQLException {
        EmbeddedNode coordinator = nodes.embedded().coordinator();
        nodes.ask(coordinator, name, owner, PASSWORD.reveal(), sql);
    }
}
