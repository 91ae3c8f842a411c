package org.citustenancy.spring.internal.scopes;

import java.sql.SQLException;
import org.citustenancy.hikari.ProjectScopes;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source that uses the scope of the thread. It exposes its target only within a scope: Spring Boot unwraps every
 * data source to its pool while the application starts, and that must not fail.
 */
public final class CurrentProjectDataSource extends DelegatingDataSource {

    private final ProjectScopes scopes;

    /**
     * Creates the data source.
     *
     * @param scopes the scopes of threads
     */
    public CurrentProjectDataSource(ProjectScopes scopes) {
        super(scopes.dataSource());
        this.scopes = scopes;
    }

    /** Returns the scopes that this data source uses. */
    public ProjectScopes scopes() {
        return scopes;
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
