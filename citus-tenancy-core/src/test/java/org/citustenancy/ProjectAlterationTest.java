package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Asking for something else changes the difference, on every node, and nothing more. */
@Tag("once")
@RequiresCluster
@TestInstance(Lifecycle.PER_CLASS)
class ProjectAlterationTest {

    private final TestCluster nodes;
    private final CitusCluster cluster;
    private final String name = TestCluster.unique("changed");
    private final String user = name + "_user";

    ProjectAlterationTest(TestCluster nodes) {
        this.nodes = nodes;
        this.cluster = nodes.connect();
    }

    /** Where each test begins; only the first time this makes something new. */
    @BeforeEach
    void restore_the_first_request() {
        project().create();
    }

    private ProjectRequest project() {
        return cluster.project(name)
                .withUser(user, Secret.of("the-first"))
                .connectionLimit(20)
                .setting("statement_timeout", "30s");
    }

    @AfterAll
    void disconnect() {
        cluster.close();
    }

    @Test
    void create_changes_the_connection_limit_on_every_node() throws Exception {
        Project changed = project().connectionLimit(21).create();

        assertThat(steps(changed)).hasSize(3).allSatisfy(step -> assertThat(step)
                .contains("connection limit = 21"));
        assertThatNodes(nodes).hasConnectionLimit(name, 21);
    }

    @Test
    void create_changes_a_setting_on_every_node() throws Exception {
        Project changed = project().setting("statement_timeout", "31s").create();

        assertThat(steps(changed)).hasSize(3).allSatisfy(step -> assertThat(step)
                .contains("\"statement_timeout\" = '31s'"));
        assertThat(asOwner(
                        name,
                        "the-first",
                        "select reset_val, source from pg_settings where name = 'statement_timeout'"))
                .containsOnly("31000|database");
    }

    @Test
    void create_changes_the_password_on_every_node() throws Exception {
        // Of its own, since the first password would be refused afterwards.
        String name = TestCluster.unique("password_changed");
        String user = name + "_user";
        cluster.project(name).withUser(user, Secret.of("the-first")).create();
        Project changed =
                cluster.project(name).withUser(user, Secret.of("the-second")).create();

        assertThat(steps(changed)).isNotEmpty().allSatisfy(step -> assertThat(step)
                .containsAnyOf("alter role", "pg_dist_authinfo", "password_change")
                .doesNotContain("the-second"));
        assertThat(nodes.askAll("postgres", bind("select rolpassword from pg_authid where rolname = ?", user)))
                .singleElement()
                .satisfies(verifier -> assertThat(Verifier.stored(verifier).matches(Secret.of("the-second")))
                        .isTrue());
        assertThat(nodes.ask(
                        nodes.embedded().coordinator(),
                        name,
                        user,
                        "the-second",
                        "select success from run_command_on_workers('select 1')"))
                .containsExactly("t", "t");
    }

    @Test
    void create_adds_an_extension_on_every_node() throws Exception {
        Project changed = project().extension("citext").create();

        assertThat(steps(changed)).hasSize(3).allSatisfy(step -> assertThat(step)
                .contains("create extension if not exists \"citext\""));
        assertThat(nodes.askAll(name, "select extname from pg_extension where extname = 'citext'"))
                .containsExactly("citext");
    }

    @Test
    void create_keeps_settings_that_the_request_does_not_name() throws Exception {
        Project same = cluster.project(name).withUser(user).create();

        assertThat(steps(same)).isEmpty();
        assertThatNodes(nodes).hasConnectionLimit(name, 20);
        assertThat(same.connection(user).hasPassword()).isFalse();
    }

    @Test
    void create_corrects_a_difference_on_that_node_alone() throws Exception {
        nodes.ask(nodes.embedded().workers().get(1), "postgres", "alter database " + name + " reset statement_timeout");
        nodes.ask(nodes.embedded().workers().get(0), "postgres", "alter role " + user + " nologin");

        Project corrected = project().create();

        assertThat(corrected.result().orElseThrow().outcomes())
                .filteredOn(StepOutcome::done)
                .extracting(outcome ->
                        outcome.step().node().port() + " " + outcome.step().description())
                .containsExactly(
                        nodes.embedded().workers().get(0).port() + " let the role \"" + user + "\" log in",
                        nodes.embedded().workers().get(1).port() + " set statement_timeout for new sessions");
    }

    @Test
    void create_changes_nothing_after_the_server_refused_a_setting() {
        assertThatThrownBy(() -> project().setting("work_mem", "plenty").create())
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("work_mem")
                .hasMessageContaining("plenty")
                .hasMessageContaining("run the request again");

        Project again = project().create();

        assertThat(steps(again)).isEmpty();
        assertThat(TestCluster.besidesTrust(again.verify()).findings()).isEmpty();
    }

    @Test
    void create_refuses_another_owner() {
        ProjectRequest request = cluster.project(name).withUser(name + "_other");

        assertThatThrownBy(request::create)
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("is owned by \"" + user + "\"")
                .hasMessageContaining("\"" + name + "_other\"");
    }

    @Test
    void settings_of_a_project_do_not_affect_the_library() throws Exception {
        String hurried = TestCluster.unique("hurried");
        ProjectRequest request = cluster.project(hurried)
                .withUser(hurried + "_user", Secret.of("any"))
                .setting("default_transaction_read_only", "on")
                .setting("search_path", "nowhere, \"Some Where\"");

        Project made = request.create();

        assertThat(TestCluster.besidesTrust(made.verify()).findings()).isEmpty();
        assertThat(request.create().result().orElseThrow().changed()).isFalse();
        assertThat(asOwner(
                        hurried,
                        "any",
                        "select string_agg(setting, ' ' order by name) from pg_settings "
                                + "where name in ('default_transaction_read_only', 'search_path')"))
                .containsOnly("on nowhere, \"Some Where\"");
    }

    /** What each node answers to the owner of a project. */
    private List<String> asOwner(String project, String password, String sql) throws SQLException {
        List<String> answers = new ArrayList<>();
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            answers.addAll(nodes.ask(node, project, project + "_user", password, sql));
        }
        assertThat(answers).hasSize(nodes.embedded().nodes().size());
        return answers;
    }

    private static List<String> steps(Project project) {
        return project.result().orElseThrow().outcomes().stream()
                .filter(outcome -> outcome.done())
                .map(outcome -> outcome.step().sql())
                .toList();
    }
}
