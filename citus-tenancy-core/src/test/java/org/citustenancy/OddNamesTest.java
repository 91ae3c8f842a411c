package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.TestCluster.literal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.testing.Program;
import org.citustenancy.testing.ProjectPicture;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every name that PostgreSQL can have works, quoted wherever it goes. */
@Tag("asks-for-passwords")
@RequiresCluster
class OddNamesTest {

    private static final List<String> NAMES = List.of(
            "a\"b",
            "señal-2",
            "DROP TABLE x;--",
            "with spaces and 'quotes'",
            "UPPER.case/slash\\backslash",
            "100%25 $$ {0} ?&=#+",
            "😀 emoji",
            "ñ".repeat(31) + "n");

    private static final String PASSWORD = "p'a\"s\\s %w$o{r}d@:/ñ";

    private final TestCluster nodes;

    OddNamesTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void a_project_and_its_user_may_be_called_anything() throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            List<ProjectRequest> requests = NAMES.stream()
                    .map(name -> cluster.project(name).withUser(name, Secret.of(PASSWORD)))
                    .toList();
            String plain = TestCluster.unique("plain");
            cluster.project(plain).withUser(plain, Secret.of(PASSWORD)).create();
            Map<String, List<String>> expected = ProjectPicture.of(nodes, plain, plain);

            List<ProjectOutcome> outcomes = cluster.create(requests);

            for (ProjectOutcome outcome : outcomes) {
                Project project = outcome.orThrow();
                assertThat(ProjectPicture.of(nodes, project.name(), project.name()))
                        .as(project.name())
                        .isEqualTo(expected);
                assertConnects(project);
                assertDistributes(project);
                assertThat(project.verify().findings()).as(project.name()).isEmpty();
            }
            assertThat(cluster.create(requests))
                    .allSatisfy(outcome -> assertThat(outcome.orThrow().result())
                            .map(ProvisioningResult::changed)
                            .contains(false));
            assertThat(cluster.projects())
                    .extracting(
                            project -> project.name() + " " + project.owner().orElseThrow())
                    .containsAll(NAMES.stream().map(name -> name + " " + name).toList());

            for (ProjectOutcome outcome : outcomes) {
                outcome.orThrow().drop();
                assertThat(nodes.askAll(
                                "postgres",
                                "select 'database' from pg_database where datname = %1$s union all select 'role' from pg_roles where rolname = %1$s"
                                        .formatted(literal(outcome.name()))))
                        .isEmpty();
            }
        }
    }

    private static void assertConnects(Project project) throws Exception {
        ConnectionInfo connection = project.connection(project.name());
        String who = "select current_database(), current_user";
        try (Connection jdbc = DriverManager.getConnection(
                connection.jdbcUrl(), connection.user(), connection.password().reveal())) {
            assertThat(TestCluster.ask(jdbc, who)).containsExactly(project.name() + "|" + project.name());
        }
        if (Program.isThere("psql")) {
            assertThat(Program.run("", "psql", "-XAtq", "-c", who, connection.uri()))
                    .isEqualTo(project.name() + "|" + project.name() + "\n");
        }
    }

    /** Tables and columns are called the same as the project. */
    private void assertDistributes(Project project) throws Exception {
        ConnectionInfo connection = project.connection(project.name());
        String name = project.name();
        String quoted = TestCluster.identifier(name);
        nodes.ask(
                nodes.embedded().coordinator(),
                name,
                name,
                PASSWORD,
                "create table %1$s (%1$s bigint)".formatted(quoted));

        assertThat(project.tables(connection).distribute(quoted, name).changed())
                .isTrue();
        assertThat(project.tables().list()).singleElement().satisfies(table -> {
            assertThat(table.name().table()).isEqualTo(name);
            assertThat(table.distributionColumn()).contains(name);
        });
    }
}
