package org.citustenancy.spring.internal.scopes;

import java.sql.Connection;
import java.sql.SQLException;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.hikari.ProjectScopes;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source that uses the scope of the thread. It exposes its target only within a scope: Spring Boot unwraps every
 * data source to its pool while the application starts, and that must not fail.
 */
public final class CurrentProjectDataSource extends DelegatingDataSource {

    private final ProjectScopes scopes;
    private final ConnectionFetch fetch;

    /**
     * Creates the data source.
     *
     * @param scopes the scopes of threads
     * @param fetch when and from which pool connections are fetched
     */
    public CurrentProjectDataSource(ProjectScopes scopes, ConnectionFetch fetch) {
        super(scopes.dataSource());
        this.scopes = scopes;
        this.fetch = fetch;
    }

    /** Returns the scopes that this data source uses. */
    public ProjectScopes scopes() {
        return scopes;
    }

    /** A connection that is fetched later is of the scope in which it was requested, too. */
    @Override
    public Connection getConnection() throws SQLException {
        if (!fetch.isLate()) {
            return super.getConnection();
        }
        ProjectScope scope = scopes.required();
        return fetch.from(new OfScope(scope, scopes.dataSource()), () -> new OfScope(scope, scopes.readDataSource()))
                .getConnection();
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
