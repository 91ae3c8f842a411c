package org.citustenancy.spring.internal.scopes;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.citustenancy.hikari.ProjectScope;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Provides connections in one scope only, also if they are fetched later than they were requested. */
final class OfScope extends DelegatingDataSource {

    private final ProjectScope scope;

    OfScope(ProjectScope scope, DataSource current) {
        super(current);
        this.scope = scope;
    }

    @Override
    public Connection getConnection() throws SQLException {
        scope.requireCurrent();
        return super.getConnection();
    }
}
