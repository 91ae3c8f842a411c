package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are refused when they are given, before any node hears of them. */
@RequiresCluster
@Tag("once")
@TestInstance(Lifecycle.PER_CLASS)
class RefusedNamesTest {

    private static final String SYSTEM_DATABASES = """
            select datname, datdba, datallowconn, datconnlimit, datacl from pg_database \
            where datname in ('postgres', 'template0', 'template1') order by datname""";

    private final TestCluster nodes;
    private final CitusCluster cluster;
    private final List<String> before;

    RefusedNamesTest(TestCluster nodes) throws SQLException {
        this.nodes = nodes;
        this.cluster = nodes.connect();
        this.before = nodes.askAll("postgres", SYSTEM_DATABASES);
    }

    @AfterAll
    void assert_nothing_was_created() throws SQLException {
        cluster.close();
        assertThat(nodes.askAll("postgres", SYSTEM_DATABASES)).isEqualTo(before);
    }

    static Stream<Arguments> refusedEverywhere() {
        return Stream.of(
                arguments("", "is empty", "give it a name"),
                arguments("n".repeat(64), "is 64 bytes long in UTF-8", "\"" + "n".repeat(63) + "\""),
                arguments("ñ".repeat(32), "is 64 bytes long in UTF-8", "\"" + "ñ".repeat(31) + "\""),
                arguments("n".repeat(61) + "😀", "is 65 bytes long in UTF-8", "\"" + "n".repeat(61) + "\""),
                arguments("nul\0inside", "contains a NUL character", "leave it out"),
                arguments("half\uD83D", "contains half of a surrogate pair", "write the whole character"),
                arguments("pg_mine", "starts with \"pg_\"", "\"my_pg_mine\""),
                arguments("PG_MINE", "starts with \"pg_\"", "\"my_PG_MINE\""),
                arguments("citus", "starts with \"citus\"", "\"my_citus\""),
                arguments("citus_mine", "starts with \"citus\"", "\"my_citus_mine\""));
    }

    @ParameterizedTest
    @MethodSource("refusedEverywhere")
    void project_name_is_refused(String name, String why, String instead) {
        assertThatThrownBy(() -> cluster.project(name))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("The project name \"" + name.replace('\0', '?') + "\"")
                .hasMessageContaining(why)
                .hasMessageContaining(instead);
    }

    @ParameterizedTest
    @MethodSource("refusedEverywhere")
    void user_name_is_refused(String name, String why, String instead) {
        ProjectRequest request = cluster.project("refused_users");

        assertThatThrownBy(() -> request.withUser(name, Secret.of("any")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("The user name \"" + name.replace('\0', '?') + "\"")
                .hasMessageContaining(why)
                .hasMessageContaining(instead);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "template0", "template1"})
    void project_name_of_a_database_of_the_cluster_is_refused(String name) {
        assertThatThrownBy(() -> cluster.project(name))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("The project name \"" + name + "\" is a database that the cluster itself needs")
                .hasMessageContaining("choose another name");
        assertThatThrownBy(() -> cluster.dropUnmanaged(name)).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "none", "current_user", "session_user"})
    void user_name_that_is_a_keyword_is_refused(String name) {
        ProjectRequest request = cluster.project("refused_users");

        assertThatThrownBy(() -> request.withUser(name))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("\"" + name + "\" is a word that PostgreSQL keeps for itself");
    }

    @Test
    void project_name_of_the_maintenance_database_is_refused() throws Exception {
        String maintenance = TestCluster.unique("maintenance");
        nodes.ask("postgres", "create database " + maintenance);
        try (CitusCluster elsewhere =
                CitusCluster.connect(nodes.options(maintenance).requireCitus(false))) {
            assertThatThrownBy(() -> elsewhere.project(maintenance))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("\"" + maintenance + "\" is a database that the cluster itself needs");
        }
    }

    @Test
    void user_name_of_the_admin_is_refused() throws Exception {
        String name = TestCluster.unique("admins_own");
        ProjectRequest request = cluster.project(name).withUser(nodes.embedded().adminUser(), Secret.of("another one"));

        assertThatThrownBy(request::create)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("\"" + nodes.embedded().adminUser() + "\" is the cluster's admin")
                .hasMessageContaining("name another user");
        assertThatNodes(nodes).hasNoDatabase(name);
        assertThat(cluster.projects()).noneMatch(project -> project.name().equals(name));
    }
}
