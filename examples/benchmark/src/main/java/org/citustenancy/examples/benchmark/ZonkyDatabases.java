package org.citustenancy.examples.benchmark;

import io.zonky.test.db.postgres.embedded.ConnectionInfo;
import io.zonky.test.db.postgres.embedded.DatabasePreparer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PreparedDbProvider;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Uses zonky's prepared provider as {@code EmbeddedPostgresExtension.preparedDatabase} does: a thread creates the next
 * database ahead, and none is dropped before the server ends with this JVM.
 */
final class ZonkyDatabases implements AutoCloseable {

    private final PreparedDbProvider provider;
    private final Connection admin;
    private final ExecutorService dropping = Executors.newSingleThreadExecutor();

    ZonkyDatabases(Preparer preparer, Consumer<EmbeddedPostgres.Builder> settings) throws SQLException {
        this.provider = PreparedDbProvider.forPreparer(preparer, List.of(settings));
        ConnectionInfo one = provider.createNewDatabase();
        this.admin = DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + one.getPort() + "/postgres?user=" + one.getUser());
    }

    /** Prepares every database. */
    record Preparer(String script) implements DatabasePreparer {

        @Override
        public void prepare(DataSource template) throws SQLException {
            try (Connection connection = template.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(script);
            }
        }
    }

    /** Opens a session of the superuser. */
    Connection admin() {
        return admin;
    }

    /** Returns a database that is not dropped. */
    DatabaseSource.Given give() throws SQLException {
        return given(false);
    }

    /** Returns a database that is dropped in the background at the end of the test. */
    DatabaseSource.Given giveToBeDropped() throws SQLException {
        return given(true);
    }

    private DatabaseSource.Given given(boolean drop) throws SQLException {
        ConnectionInfo info = provider.createNewDatabase();
        return new DatabaseSource.Given(provider.createDataSourceFromConnectionInfo(info), ended -> {
            if (drop) {
                dropping.submit(() -> drop(info.getDbName()));
            }
        });
    }

    private boolean drop(String name) throws SQLException {
        try (Statement statement = admin.createStatement()) {
            return statement.execute("drop database \"" + name + "\" with (force)");
        }
    }

    @Override
    public void close() throws SQLException, InterruptedException {
        dropping.shutdown();
        if (!dropping.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("databases are still being dropped");
        }
        admin.close();
    }
}
