package org.citustenancy.spring.internal.hibernate;

import java.sql.Connection;
import java.sql.SQLException;
import org.citustenancy.hikari.ProjectScopes;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.service.UnknownUnwrapTypeException;

/** Provides Hibernate with connections of the scope of the thread, if the session belongs to that scope. */
final class ProjectConnections implements MultiTenantConnectionProvider<String> {

    private static final long serialVersionUID = 1L;

    private final transient ProjectScopes scopes;
    private final transient ProjectTenants tenants;

    ProjectConnections(ProjectScopes scopes, ProjectTenants tenants) {
        this.scopes = scopes;
        this.tenants = tenants;
    }

    /** Hibernate uses it for schemas only. */
    @Override
    public Connection getAnyConnection() throws SQLException {
        return scopes.dataSource().getConnection();
    }

    @Override
    public void releaseAnyConnection(Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public Connection getConnection(String tenant) throws SQLException {
        tenants.requireCurrent(tenant);
        Connection connection = scopes.dataSource().getConnection();
        try {
            tenants.requireDatabase(tenant, connection);
            return connection;
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    @Override
    public void releaseConnection(String tenant, Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public boolean supportsAggressiveRelease() {
        return true;
    }

    @Override
    public boolean isUnwrappableAs(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new UnknownUnwrapTypeException(type);
    }
}
