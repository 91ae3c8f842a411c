package org.citustenancy.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.hikari.errors.OutsideScopeException;
import org.citustenancy.hikari.testing.QuickProjects;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/** One data source for all projects, and never a connection of another one. */
@RequiresCluster(citus = false)
class ProjectScopesTest {

    private static final int TASKS = 10_000;
    private static final int PROJECTS = 3;

    private final List<ConnectionInfo> projects;

    ProjectScopesTest(TestCluster nodes) throws SQLException {
        this.projects = QuickProjects.make(nodes, "scoped", PROJECTS);
    }

    private ProjectPools open() {
        ProjectPoolsBuilder builder = ProjectPools.builder();
        projects.forEach(builder::project);
        return builder.open();
    }

    /** The driver says to which database it is connected. */
    private static String database(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return connection.getCatalog();
        }
    }

    private ProjectScope open(ProjectScopes scopes, int project) {
        ConnectionInfo connection = projects.get(project);
        return scopes.open(connection.database(), connection.user());
    }

    @Test
    void scopes_nest_and_connections_are_refused_outside() throws SQLException {
        try (ProjectPools pools = open()) {
            ProjectScopes scopes = pools.scopes();
            DataSource source = scopes.dataSource();
            assertThatThrownBy(source::getConnection)
                    .isInstanceOf(OutsideScopeException.class)
                    .hasMessageContaining("works in no scope")
                    .hasMessageContaining("open a scope around it");
            try (ProjectScope outer = open(scopes, 0)) {
                assertThat(outer.project()).isEqualTo(projects.get(0).database());
                assertThat(database(source)).isEqualTo(projects.get(0).database());
                try (ProjectScope inner = open(scopes, 1)) {
                    assertThat(database(source)).isEqualTo(projects.get(1).database());
                    assertThat(database(scopes.readDataSource()))
                            .isEqualTo(projects.get(1).database());
                    assertThatThrownBy(outer::close)
                            .isInstanceOf(OutsideScopeException.class)
                            .hasMessageContaining("not the innermost one");
                    assertThat(scopes.current()).containsSame(inner);
                }
                assertThat(database(source)).isEqualTo(projects.get(0).database());
                assertThatThrownBy(() -> scopes.open("nothing", "no_user")).isInstanceOf(NotFoundException.class);
                assertThat(database(source)).isEqualTo(projects.get(0).database());
            }
            assertThat(scopes.current()).isEmpty();
            assertThatThrownBy(source::getConnection).isInstanceOf(OutsideScopeException.class);
        }
    }

    @Test
    void scope_applies_to_another_thread_only_when_it_is_carried_there() throws Exception {
        try (ProjectPools pools = open();
                ProjectScope scope = open(pools.scopes(), 0)) {
            DataSource source = pools.scopes().dataSource();
            ExecutorService thread = Executors.newSingleThreadExecutor();
            assertThatThrownBy(() -> thread.submit(() -> database(source)).get())
                    .hasCauseInstanceOf(OutsideScopeException.class);
            assertThat(thread.submit(pools.scopes().carryCallable(() -> database(source)))
                            .get())
                    .isEqualTo(scope.project());
            assertThat(pools.scopes()
                            .executor(thread)
                            .submit(() -> database(source))
                            .get())
                    .isEqualTo(scope.project());
            assertThatThrownBy(() -> thread.submit(scope::close).get())
                    .hasCauseInstanceOf(OutsideScopeException.class)
                    .hasMessageContaining("belongs to the thread");
            thread.shutdown();
        }
    }

    @Test
    void connection_works_only_in_the_scope_in_which_it_was_lent() throws Exception {
        try (ProjectPools pools = open()) {
            ProjectScopes scopes = pools.scopes();
            DataSource source = scopes.dataSource();
            try (ProjectScope outer = open(scopes, 0);
                    Connection connection = source.getConnection();
                    Connection free =
                            pools.dataSource(outer.project(), outer.user()).getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table if not exists written (id int)");
                connection.setAutoCommit(false);
                statement.execute("insert into written values (1)");
                statement.addBatch("insert into written values (2)");
                try (PreparedStatement prepared = connection.prepareStatement("insert into written values (?)");
                        PreparedStatement rows = connection.prepareStatement(
                                "select id from written",
                                ResultSet.TYPE_SCROLL_INSENSITIVE,
                                ResultSet.CONCUR_READ_ONLY);
                        ResultSet read = rows.executeQuery()) {
                    prepared.setInt(1, 3);
                    List<ThrowingCallable> uses = List.of(
                            connection::createStatement,
                            () -> connection.prepareStatement("select 1"),
                            () -> connection.prepareCall("select 1"),
                            connection::setSavepoint,
                            connection::getMetaData,
                            () -> connection.setSchema("public"),
                            () -> connection.createArrayOf("int", new Object[] {1}),
                            () -> connection.unwrap(PGConnection.class),
                            () -> statement.execute("insert into written values (4)"),
                            statement::executeBatch,
                            () -> statement.addBatch("select 1"),
                            () -> statement.unwrap(PGStatement.class),
                            prepared::executeUpdate,
                            () -> prepared.setInt(1, 4),
                            () -> read.getStatement().getConnection().createStatement(),
                            () -> statement.getConnection().createStatement());
                    try (ProjectScope inner = open(scopes, 1)) {
                        assertThat(uses).allSatisfy(use -> assertThatThrownBy(use)
                                .isInstanceOf(OutsideScopeException.class)
                                .hasMessageContaining("of " + outer)
                                .hasMessageContaining("is of " + inner));
                        // What was read is read on, and connections of a project's own data source are of no scope.
                        assertThat(read.next()).isTrue();
                        assertThat(read.getInt(1)).isOne();
                        assertThat(free.createStatement().execute("select 1")).isTrue();
                        try (ProjectScope again = open(scopes, 0)) {
                            assertThat(again.project()).isEqualTo(outer.project());
                            assertThat(prepared.executeUpdate()).isOne();
                        }
                        connection.commit();
                    }
                }
                statement.execute("insert into written values (5)");
                try (ProjectScope inner = open(scopes, 1)) {
                    connection.rollback();
                    assertThat(inner.project()).isNotEqualTo(outer.project());
                }
                try (ResultSet written =
                        statement.executeQuery("select array_agg(id order by id)::text from written")) {
                    assertThat(written.next()).isTrue();
                    assertThat(written.getString(1)).isEqualTo("{1,3}");
                }
            }
        }
    }

    @Test
    void connection_is_returned_and_refused_after_its_scope_ends() throws Exception {
        try (ProjectPools pools = open()) {
            ProjectScopes scopes = pools.scopes();
            Connection connection;
            Statement statement;
            try (ProjectScope scope = open(scopes, 0)) {
                assertThat(scopes.current()).containsSame(scope);
                connection = scopes.dataSource().getConnection();
                statement = connection.createStatement();
            }
            assertThatThrownBy(() -> statement.execute("select 1"))
                    .isInstanceOf(OutsideScopeException.class)
                    .hasMessageContaining("works in no scope");
            statement.cancel();
            statement.close();
            assertThat(connection.isValid(30)).isTrue();
            connection.close();
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void tasks_on_shared_threads_never_get_a_connection_of_another_project() throws Exception {
        try (ProjectPools pools = open()) {
            ProjectScopes scopes = pools.scopes();
            ExecutorService threads = Executors.newFixedThreadPool(8);
            ExecutorService carrying = scopes.executor(threads);
            Random random = new Random(7);
            List<Future<Void>> results = new ArrayList<>();
            for (int task = 0; task < TASKS; task++) {
                int project = random.nextInt(PROJECTS);
                int other = random.nextInt(PROJECTS);
                String expected = projects.get(project).database();
                switch (random.nextInt(5)) {
                    case 0 -> results.add(threads.submit(outside(scopes)));
                    case 1 -> results.add(threads.submit(scoped(scopes, project)));
                    case 2 -> results.add(threads.submit(nested(scopes, project, other)));
                    case 3 -> {
                        try (ProjectScope scope = open(scopes, project)) {
                            results.add(carrying.submit(expects(scopes, expected)));
                        }
                    }
                    default -> {
                        try (ProjectScope scope = open(scopes, project)) {
                            results.add(carrying.submit(careless(scopes, expected, other)));
                        }
                    }
                }
            }
            for (Future<Void> result : results) {
                result.get();
            }
            // Whatever ran on the threads before, they work for no project now.
            List<Callable<Void>> last = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                last.add(outside(scopes));
            }
            for (Future<Void> result : threads.invokeAll(last)) {
                result.get();
            }
            carrying.shutdown();
        }
    }

    private static Callable<Void> outside(ProjectScopes scopes) {
        return () -> {
            assertThat(scopes.current()).isEmpty();
            assertThatThrownBy(() -> scopes.dataSource().getConnection()).isInstanceOf(OutsideScopeException.class);
            return null;
        };
    }

    private static Callable<Void> expects(ProjectScopes scopes, String expected) {
        return () -> {
            assertThat(database(scopes.dataSource())).isEqualTo(expected);
            return null;
        };
    }

    private Callable<Void> scoped(ProjectScopes scopes, int project) {
        return () -> {
            try (ProjectScope scope = open(scopes, project)) {
                assertThat(database(scopes.dataSource())).isEqualTo(scope.project());
            }
            return null;
        };
    }

    private Callable<Void> nested(ProjectScopes scopes, int project, int other) {
        return () -> {
            try (ProjectScope outer = open(scopes, project)) {
                try (ProjectScope inner = open(scopes, other)) {
                    assertThat(database(scopes.dataSource())).isEqualTo(inner.project());
                }
                assertThat(database(scopes.dataSource())).isEqualTo(outer.project());
            }
            return null;
        };
    }

    /** Opens a scope and forgets it: the task's end is the scope's end. */
    private Callable<Void> careless(ProjectScopes scopes, String expected, int other) {
        return () -> {
            assertThat(database(scopes.dataSource())).isEqualTo(expected);
            ProjectScope forgotten = open(scopes, other);
            assertThat(database(scopes.dataSource())).isEqualTo(forgotten.project());
            return null;
        };
    }
}
