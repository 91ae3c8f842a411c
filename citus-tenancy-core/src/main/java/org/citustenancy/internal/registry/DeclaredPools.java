package org.citustenancy.internal.registry;

import static org.citustenancy.internal.sql.catalog.RegistryPool.REGISTRY_POOL;

import java.util.List;
import org.citustenancy.capacity.DeclaredPool;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RegistryPoolStatements;
import org.citustenancy.internal.sql.RegistryStatements;

/** Reads and writes the pools that applications have declared, through a session in the maintenance database. */
public final class DeclaredPools {

    private final Session session;
    private final ProjectRegistry registry;

    /**
     * Creates the access to the declarations.
     *
     * @param session a session in the maintenance database
     * @param registry the registry of the same session
     */
    public DeclaredPools(Session session, ProjectRegistry registry) {
        this.session = session;
        this.registry = registry;
    }

    /**
     * Returns all declared pools.
     *
     * @return by project and application; none if the registry is older than declared pools
     */
    public List<DeclaredPool> list() {
        if (!RegistrySchema.has(session, RegistryStatements.VERSION_OF_POOLS)) {
            return List.of();
        }
        return session.fetch(RegistryPoolStatements.all()).stream()
                .map(row -> new DeclaredPool(
                        row.get(REGISTRY_POOL.project),
                        row.get(REGISTRY_POOL.application),
                        row.get(REGISTRY_POOL.connections)))
                .toList();
    }

    /** Saves a declared pool, in place of the application's earlier one. */
    public void declare(DeclaredPool pool) {
        if (pool.application().isBlank() || pool.connections() < 1) {
            throw new InvalidRequestException(Failure.of("A pool of " + pool.connections() + " connections of \""
                            + pool.application() + "\" cannot be declared")
                    .state("nothing was changed")
                    .fix("name the application, and give at least 1 connection"));
        }
        registry.ensure();
        session.inTransaction(() -> {
            registry.require(pool.project());
            session.execute(RegistryPoolStatements.declare(pool.project(), pool.application(), pool.connections()));
            return true;
        });
    }

    /** Removes a declared pool, if it exists. */
    public void withdraw(String project, String application) {
        registry.ensure();
        session.execute(RegistryPoolStatements.withdraw(project, application));
    }
}
