package org.citustenancy.spring.internal.beans;

import java.sql.SQLException;
import org.citustenancy.hikari.ProjectScopes;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Follows the scope of the thread. What is behind it is visible only within a scope: Spring Boot asks every data source for
 * its pool while the application starts, which must not fail there.
 */
public final class CurrentProjectDataSource extends DelegatingDataSource {

    private final ProjectScopes scopes;

    CurrentProjectDataSource(ProjectScopes scopes) {
        super(scopes.dataSource());
        this.scopes = scopes;
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || (scopes.current().isPresent() && super.isWrapperFor(type));
    }

    @Override
    public String toString() {
        return "the data source of the current project"
                + scopes.current().map(scope -> ", " + scope).orElse("");
    }
}
