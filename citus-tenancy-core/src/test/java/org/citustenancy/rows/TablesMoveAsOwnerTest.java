package org.citustenancy.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Rows of a table move to other nodes and back, and what the owner has written into the table runs as no superuser. */
@Tag("asks-for-passwords")
@RequiresCluster
@TestInstance(Lifecycle.PER_CLASS)
class TablesMoveAsOwnerTest {

    private static final String PASSWORD = "owners-Password";

    private final TestCluster nodes;
    private final CitusCluster cluster;

    TablesMoveAsOwnerTest(TestCluster nodes) {
        this.nodes = nodes;
        this.cluster = nodes.connect();
    }

    @AfterAll
    void disconnect() {
        cluster.close();
    }

    private Project project(String name) {
        String unique = TestCluster.unique(name);
        return cluster.project(unique)
                .withUser(unique + "_owner", Secret.of(PASSWORD))
                .withReadWriteUser(unique + "_other", Secret.of(PASSWORD))
                .create();
    }

    private Payload payload(Project project) throws SQLException {
        Payload payload = new Payload(nodes, project.name(), project.name() + "_owner", PASSWORD);
        payload.plant();
        return payload;
    }

    @Test
    void distribution_runs_no_code_of_the_owner_as_a_superuser() throws SQLException {
        Project project = project("rows");
        Payload payload = payload(project);

        project.tables().distribute("goods", "id", options -> options.shardCount(4));
        assertThat(payload.ran()).contains("check", "domain", "generated");
        payload.assertHarmless("distribute");

        project.tables().undistribute("goods");
        assertThat(payload.ran()).contains("check", "domain", "generated", "index");
        payload.assertHarmless("undistribute");

        project.tables().reference("goods");
        assertThat(payload.ran()).contains("check", "domain", "generated");
        payload.assertHarmless("reference");
        project.tables().undistribute("goods");
        payload.assertHarmless("undistribute a reference table");

        payload.asOwner("create schema tenant");
        payload.asOwner(Payload.table("tenant.more"));
        payload.asOwner("insert into tenant.more (id, v, n) values (1, 'v', 'n')");
        payload.forget();
        project.tables().distributeSchema("tenant");
        assertThat(payload.ran()).contains("check");
        payload.assertHarmless("distribute a schema");
        project.tables().undistributeSchema("tenant");
        payload.assertHarmless("undistribute a schema");

        assertThat(payload.asOwner("select count(*), count(*) filter (where g) from goods"))
                .containsExactly("20|20");
        assertThat(payload.asOwner("select tableowner from pg_tables where tablename in ('goods', 'more')"))
                .containsOnly(payload.owner());
        assertThat(project.verify().findings()).isEmpty();
    }

    @Test
    void distribution_moves_rows_that_a_policy_hides() throws SQLException {
        Project project = project("policies");
        Payload payload = payload(project);
        payload.asOwner("alter table goods enable row level security, force row level security");
        payload.asOwner("create policy few on goods using (id < 5)");

        project.tables().distribute("goods", "id", options -> options.shardCount(4));

        payload.assertHarmless("distribute with policies");
        assertThat(nodes.ask(project.name(), "select count(*) from goods")).containsExactly("20");
        assertThat(payload.asOwner("select count(*) from goods")).containsExactly("4");
    }

    @Test
    void distribution_does_not_bypass_policies_of_other_owners() throws SQLException {
        Project project = project("bypass");
        Payload payload = payload(project);
        payload.asOwner("alter table goods enable row level security, force row level security");
        payload.asOwner("create table private (id int)");
        payload.asOwner("alter table private enable row level security");
        nodes.ask(project.name(), "alter table private owner to " + project.name() + "_other");

        assertThatThrownBy(() -> project.tables().distribute("goods", "id"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("private");
        payload.assertHarmless("a refused move");
    }

    @Test
    void distribution_refuses_colocated_tables_of_several_owners() throws SQLException {
        Project project = project("several");
        Payload payload = payload(project);
        payload.asOwner("create table others (id int primary key)");
        project.tables().distribute("others", "id");
        nodes.ask(project.name(), "alter table others owner to " + project.name() + "_other");

        assertThatThrownBy(() -> project.tables().distribute("goods", "id", how -> how.colocatedWith("others")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("others of \"" + project.name() + "_other\"")
                .hasMessageContaining("goods of \"" + project.name() + "_owner\"");
    }

    @Test
    void distribution_refuses_a_table_of_a_superuser_that_calls_a_function_of_an_owner() throws SQLException {
        Project project = project("trap");
        Payload payload = payload(project);
        nodes.ask(project.name(), Payload.table("public.trap"));
        nodes.ask(project.name(), "create table public.plain (id int primary key, v text check (length(v) < 9))");

        assertThatThrownBy(() -> project.tables().reference("trap"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("ran(text,text)");
        assertThat(project.tables().reference("plain").changed()).isTrue();
        payload.assertHarmless("a superuser's table");
    }

    @Test
    void failed_distribution_leaves_no_role() throws SQLException {
        Project project = project("failed");
        Payload payload = payload(project);

        assertThatThrownBy(() -> project.tables().distribute("goods", "v")).isInstanceOf(StepFailedException.class);
        payload.assertHarmless("a failed move");
    }

    @Test
    void objects_that_the_code_of_an_owner_creates_belong_to_the_owner() throws SQLException {
        Project project = project("made");
        Payload payload = payload(project);
        payload.asOwner("create schema made");
        payload.asOwner("create function public.make(v int) returns boolean language plpgsql as $$ begin "
                + "execute 'create table if not exists made.by_code (id int)'; "
                + "execute 'alter default privileges grant select on tables to public'; return true; end $$");
        payload.asOwner("create function public.makes(v int) returns boolean language plpgsql immutable as "
                + "$$ begin return public.make(v); end $$");
        payload.asOwner("create table maker (id int primary key check (public.makes(id)))");
        payload.asOwner("alter table maker owner to " + payload.owner());

        project.tables().distribute("maker", "id", options -> options.shardCount(2));
        payload.asOwner("insert into maker values (1)");
        project.tables().undistribute("maker");

        payload.assertHarmless("a move that makes something");
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            try (Connection connection = nodes.open(node, project.name())) {
                assertThat(TestCluster.ask(
                                connection,
                                "select distinct pg_get_userbyid(relowner) from pg_class where relname = 'by_code'"))
                        .isIn(List.of(), List.of(payload.owner()));
            }
        }
    }
}
