package org.citustenancy.spring.internal.hibernate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.citustenancy.errors.Failure;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.hikari.ProjectScopes;
import org.citustenancy.hikari.errors.OutsideScopeException;
import org.citustenancy.spring.errors.ReplacedDatabaseException;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.hibernate.exception.JDBCConnectionException;

/**
 * The tenants of Hibernate: a project, its user and the identifier of its database. Hibernate keeps blocks of generated
 * identifiers and cached entities per tenant. Those of a dropped project must not reach its successor of the same name,
 * and what one user may read must not reach another user.
 */
final class ProjectTenants implements CurrentTenantIdentifierResolver<String> {

    /** The tenant of sessions that are opened outside of any scope, for example to check queries at the start. */
    static final String NONE = "none";

    private final ProjectScopes scopes;
    private final Consumer<ProjectScope> check;
    private final DatabaseIdentities identities = new DatabaseIdentities();

    /** Some scope of each tenant. */
    private final Map<String, ProjectScope> scopeOf = new ConcurrentHashMap<>();

    /**
     * Creates the tenants.
     *
     * @param check checks the database of a tenant in its scope before its first session
     */
    ProjectTenants(ProjectScopes scopes, Consumer<ProjectScope> check) {
        this.scopes = scopes;
        this.check = check;
    }

    /**
     * Borrows a connection each time: the cache answers without one, and must not answer with what a dropped database
     * contained.
     */
    @Override
    public String resolveCurrentTenantIdentifier() {
        return scopes.current().map(this::identify).orElse(NONE);
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return true;
    }

    private String identify(ProjectScope scope) {
        String tenant;
        try (Connection connection = scopes.dataSource().getConnection()) {
            tenant = tenant(scope, identities.of(connection));
        } catch (SQLException failure) {
            throw new JDBCConnectionException("The database of " + scope + " cannot be identified", failure);
        }
        if (!scopeOf.containsKey(tenant)) {
            check.accept(scope);
            scopeOf.put(tenant, scope);
        }
        return tenant;
    }

    /**
     * Checks that a session may use connections of this thread's scope.
     *
     * @param tenant the session's tenant
     * @throws OutsideScopeException if the session belongs to another project, or to none
     */
    void requireCurrent(String tenant) {
        ProjectScope scope = scopeOf.get(tenant);
        if (scope != null) {
            scope.requireCurrent();
            return;
        }
        ProjectScope here = scopes.required();
        String origin = tenant.equals(NONE)
                ? "was opened outside of any scope"
                : "has the tenant \"" + tenant + "\", which the scope did not choose";
        throw new OutsideScopeException(Failure.of("A session that " + origin + " is used in the scope of " + here)
                .state("nothing of this use was sent to a server")
                .fix("open the session in the scope, without a tenant identifier"));
    }

    /**
     * Checks that a connection of this thread's scope leads to the database of a tenant.
     *
     * @throws ReplacedDatabaseException if the database was created again since the session was opened; the next session
     *     has another tenant
     * @throws SQLException if the server does not answer
     */
    void requireDatabase(String tenant, Connection connection) throws SQLException {
        ProjectScope scope = scopes.required();
        if (!tenant(scope, identities.of(connection)).equals(tenant)) {
            throw new ReplacedDatabaseException(
                    Failure.of("The database of " + scope + " is not the one for which this session was opened: it was "
                                    + "created again, or the project was moved")
                            .state("nothing of this session was sent to it")
                            .fix("begin a new transaction with a new session"));
        }
    }

    private static String tenant(ProjectScope scope, long oid) {
        // The lengths keep names with "@" apart.
        return scope.user().length() + ":" + scope + "/" + oid;
    }
}
