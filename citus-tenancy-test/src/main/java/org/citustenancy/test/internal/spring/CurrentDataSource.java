package org.citustenancy.test.internal.spring;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.citustenancy.errors.InvalidRequestException;

/** Connections to the database of the test that runs, as its owner. */
final class CurrentDataSource implements DataSource {

    private static final String NO_CONNECTION = "08003";

    private final ContextDatabase database;

    CurrentDataSource(ContextDatabase database) {
        this.database = database;
    }

    private DataSource current() throws SQLException {
        try {
            return database.current().dataSource();
        } catch (InvalidRequestException failure) {
            if (!database.isStarted()) {
                // Code that determines a dialect, for example, ignores an SQLException.
                throw failure;
            }
            throw new SQLException(failure.getMessage(), NO_CONNECTION, failure);
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return current().getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return current().getConnection(user, password);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return current().getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter writer) throws SQLException {
        throw new SQLFeatureNotSupportedException("each test has another data source");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("each test has another data source");
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return current().getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("each test has another data source");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : current().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this);
    }

    @Override
    public String toString() {
        return "data source of the test's database";
    }
}
