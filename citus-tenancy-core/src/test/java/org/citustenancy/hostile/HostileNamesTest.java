package org.citustenancy.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;
import static org.citustenancy.testing.TestCluster.identifier;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.sessions.JqwikSession;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectOutcome;
import org.citustenancy.ProjectRequest;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.names.Names;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.testing.Program;
import org.citustenancy.testing.ProjectPicture;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every name that PostgreSQL can have works, quoted wherever it goes: as a database, a role, a schema, a table, a column, and
 * as what a setting says. Besides those below, so many are drawn as {@code -Dcitustenancy.test.hostile.names=…} says (4), by
 * the seed {@code -Dcitustenancy.test.hostile.seed=…}, which is printed.
 */
@Tag("long")
@Tag("asks-for-passwords")
@RequiresCluster
class HostileNamesTest {

    private static final Logger LOG = LoggerFactory.getLogger(HostileNamesTest.class);

    private static final List<String> NAMES = List.of(
            "a\"b",
            "DROP TABLE x;--",
            "with spaces and 'quotes'",
            "UPPER.case/slash\\backslash",
            "100%25 $$ {0} ?&=#+",
            "😀 emoji \u202E\u200B",
            "ñ".repeat(31) + "n");

    private static final String PASSWORD = "p'a\"s\\s %w$o{r}d@:/ñ";

    private final TestCluster nodes;
    private final Random random;

    HostileNamesTest(TestCluster nodes) {
        this.nodes = nodes;
        long seed = Long.getLong("citustenancy.test.hostile.seed", new Random().nextLong());
        this.random = new Random(seed);
        LOG.info("The seed is {}", seed);
    }

    private List<String> names() {
        return Stream.concat(
                        NAMES.stream(),
                        drawn(HostileTexts.names())
                                .filter(HostileNamesTest::isFree)
                                .limit(Integer.getInteger("citustenancy.test.hostile.names", 4)))
                .distinct()
                .toList();
    }

    private void draw(List<Asked> asked) {
        for (String name : names()) {
            Secret password = asked.isEmpty() ? Secret.of(PASSWORD) : password();
            asked.add(new Asked(
                    name, password, drawn(HostileTexts.storable()).findFirst().orElseThrow()));
        }
    }

    private Stream<String> drawn(Arbitrary<String> texts) {
        return Stream.generate(() -> texts.generator(1000, true).next(random).value());
    }

    private static boolean isFree(String name) {
        try {
            return Names.user(Names.project(name, "postgres")).length() > 1;
        } catch (InvalidRequestException kept) {
            return false;
        }
    }

    private Secret password() {
        return drawn(HostileTexts.storable())
                .flatMap(text -> secret(text).stream())
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Secret> secret(String text) {
        try {
            return Optional.of(Secret.of(text));
        } catch (InvalidRequestException refused) {
            return Optional.empty();
        }
    }

    /** What is asked for under one name. */
    private record Asked(String name, Secret password, String value) {

        ProjectRequest request(CitusCluster cluster) {
            return cluster.project(name).withUser(name, password).setting("hostile.value", value);
        }
    }

    @Test
    void every_name_works_for_projects_users_schemas_tables_and_columns() throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            List<Asked> asked = new ArrayList<>();
            JqwikSession.run(() -> draw(asked));
            LOG.info("Asked for: {}", asked.stream().map(Asked::name).toList());
            List<ProjectRequest> requests =
                    asked.stream().map(each -> each.request(cluster)).toList();
            String plain = TestCluster.unique("plain");
            cluster.project(plain).withUser(plain, Secret.of(PASSWORD)).create();
            Map<String, List<String>> expected = ProjectPicture.of(nodes, plain, plain);

            List<ProjectOutcome> outcomes = cluster.create(requests);

            for (int index = 0; index < asked.size(); index++) {
                Asked one = asked.get(index);
                Project project = outcomes.get(index).orThrow();
                assertThat(withoutSetting(ProjectPicture.of(nodes, one.name(), one.name())))
                        .as(one.name())
                        .isEqualTo(expected);
                assertConnects(project, one);
                assertDistributes(project, one);
                assertThat(TestCluster.besidesTrust(project.verify()).findings())
                        .as(one.name())
                        .isEmpty();
            }
            assertThat(cluster.create(requests))
                    .allSatisfy(outcome -> assertThat(outcome.orThrow().result())
                            .map(ProvisioningResult::changed)
                            .contains(false));
            assertThat(cluster.projects())
                    .extracting(
                            project -> project.name() + " " + project.owner().orElseThrow())
                    .containsAll(asked.stream()
                            .map(one -> one.name() + " " + one.name())
                            .toList());

            for (ProjectOutcome outcome : outcomes) {
                outcome.orThrow().drop();
                assertThatNodes(nodes).hasNoDatabase(outcome.name()).hasNoRole(outcome.name());
            }
        }
    }

    private static Map<String, List<String>> withoutSetting(Map<String, List<String>> picture) {
        picture.replaceAll((node, lines) ->
                lines.stream().filter(line -> !line.startsWith("setting 0|")).toList());
        return picture;
    }

    private static void assertConnects(Project project, Asked asked) throws Exception {
        ConnectionInfo connection = project.connection(asked.name());
        assertThat(connection.password()).isEqualTo(asked.password());
        try (Connection jdbc = DriverManager.getConnection(
                connection.jdbcUrl(), connection.user(), connection.password().reveal())) {
            assertThat(TestCluster.ask(
                            jdbc, "select current_database(), current_user, current_setting('hostile.value')"))
                    .containsExactly(asked.name() + "|" + asked.name() + "|" + asked.value());
        }
        if (Program.isThere("psql")) {
            assertThat(Program.run(
                            "", "psql", "-XAtq", "-c", "select current_database(), current_user", connection.uri()))
                    .isEqualTo(asked.name() + "|" + asked.name() + "\n");
        }
    }

    /** A schema, its table and the table's column are called the same as the project. */
    private void assertDistributes(Project project, Asked asked) throws SQLException {
        String name = asked.name();
        String quoted = identifier(name);
        for (String sql : List.of("create schema %1$s", "create table %1$s.%1$s (%1$s bigint)")) {
            nodes.ask(
                    nodes.embedded().coordinator(), name, name, asked.password().reveal(), sql.formatted(quoted));
        }

        assertThat(project.tables(project.connection(name))
                        .distribute(quoted + "." + quoted, name)
                        .changed())
                .isTrue();
        assertThat(project.tables().list()).singleElement().satisfies(table -> {
            assertThat(table.name().schema()).isEqualTo(name);
            assertThat(table.name().table()).isEqualTo(name);
            assertThat(table.distributionColumn()).contains(name);
        });
    }
}
