package org.citustenancy.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A project's owner cannot drop Citus by way of a schema in which some of it lies, where the database is not the owner's. */
@Tag("asks-for-passwords")
@RequiresCluster
class SchemaPublicTest {

    private static final Secret PASSWORD = Secret.of("schema-Password");

    private final TestCluster nodes;

    SchemaPublicTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void owner_cannot_drop_the_schema_public() throws SQLException {
        String name = TestCluster.unique("schema_public");
        String owner = name + "_o";
        try (CitusCluster cluster = nodes.connect()) {
            cluster.project(name).withUser(owner, PASSWORD).create();
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                belongToTheLibrary(node, name, owner);
                for (String attack : List.of(
                        "drop schema public cascade",
                        "drop schema public restrict",
                        "alter schema public rename to hidden",
                        "drop extension citus cascade",
                        "drop view citus_tables cascade",
                        "drop owned by current_user cascade")) {
                    new Intruder(owner, PASSWORD.reveal())
                            .tries(node, name, "set citus.enable_ddl_propagation = off; " + attack);
                    assertThat(nodes.ask(
                                    node,
                                    name,
                                    "select (select count(*) from pg_extension where extname = 'citus'), "
                                            + "(select count(*) from pg_namespace where nspname = 'public')"))
                            .as(attack + " on " + node)
                            .containsExactly("1|1");
                }
            }
            cluster.getProject(name).drop();
        }
    }

    /** As every database is that the library makes, whatever version of it made this one. */
    private void belongToTheLibrary(EmbeddedNode node, String name, String owner) throws SQLException {
        String off = "set citus.enable_ddl_propagation = off; set citus.enable_create_role_propagation = off; ";
        nodes.ask(
                node,
                name,
                off + "do $$ begin if not exists (select from pg_roles where rolname = 'citus_tenancy_owner') then "
                        + "create role citus_tenancy_owner nologin; end if; end $$");
        nodes.ask(node, name, off + "alter database \"" + name + "\" owner to citus_tenancy_owner");
        nodes.ask(
                node, name, off + "grant create, connect, temporary on database \"" + name + "\" to \"" + owner + "\"");
        nodes.ask(node, name, off + "alter schema public owner to pg_database_owner");
        nodes.ask(node, name, off + "grant usage, create on schema public to \"" + owner + "\"");
    }
}
