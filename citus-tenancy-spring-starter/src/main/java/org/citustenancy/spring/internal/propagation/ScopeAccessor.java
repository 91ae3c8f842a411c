package org.citustenancy.spring.internal.propagation;

import io.micrometer.context.ThreadLocalAccessor;
import java.util.Optional;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.hikari.ProjectScopes;
import org.jspecify.annotations.Nullable;

/** Gives context propagation access to the scope of a thread. */
final class ScopeAccessor implements ThreadLocalAccessor<ProjectScope> {

    private final ProjectScopes scopes;

    ScopeAccessor(ProjectScopes scopes) {
        this.scopes = scopes;
    }

    /** Returns the scopes themselves: several applications in one JVM, such as cached ones of tests, have different ones. */
    @Override
    public Object key() {
        return scopes;
    }

    @Override
    public @Nullable ProjectScope getValue() {
        return scopes.current().orElse(null);
    }

    @Override
    public void setValue(ProjectScope scope) {
        scopes.replaceCurrent(Optional.of(scope));
    }

    @Override
    public void setValue() {
        scopes.replaceCurrent(Optional.empty());
    }
}
