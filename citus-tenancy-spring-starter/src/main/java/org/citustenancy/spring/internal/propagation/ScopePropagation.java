package org.citustenancy.spring.internal.propagation;

import io.micrometer.context.ContextRegistry;
import org.citustenancy.hikari.ProjectScopes;

/** Registers scopes in context propagation, until it is closed. */
public final class ScopePropagation implements AutoCloseable {

    private final ContextRegistry registry;
    private final ScopeAccessor accessor;

    /**
     * Registers scopes.
     *
     * @param registry the registry that executors and reactive libraries use
     * @param scopes the scopes of the application's threads
     */
    public ScopePropagation(ContextRegistry registry, ProjectScopes scopes) {
        this.registry = registry;
        this.accessor = new ScopeAccessor(scopes);
        registry.registerThreadLocalAccessor(accessor);
    }

    @Override
    public void close() {
        registry.removeThreadLocalAccessor(accessor.key());
    }
}
