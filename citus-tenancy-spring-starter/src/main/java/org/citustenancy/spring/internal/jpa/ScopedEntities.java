package org.citustenancy.spring.internal.jpa;

import jakarta.persistence.EntityManager;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.citustenancy.hikari.ProjectScope;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** An {@code EntityManager} that works in one scope only. It can be closed in any scope. */
final class ScopedEntities implements InvocationHandler {

    /** The methods that begin and end transactions. */
    private static final Set<String> WORKING_ANYWHERE = Set.of(
            "close",
            "clear",
            "isOpen",
            "getTransaction",
            "joinTransaction",
            "isJoinedToTransaction",
            "unwrap",
            "getDelegate",
            "getEntityManagerFactory",
            "getFlushMode",
            "setFlushMode",
            "toString");

    private final EntityManager entities;
    private final ProjectScope scope;

    private ScopedEntities(EntityManager entities, ProjectScope scope) {
        this.entities = entities;
        this.scope = scope;
    }

    /**
     * Wraps an {@code EntityManager} in a proxy with all of its interfaces.
     *
     * @param scope the scope in which it works
     * @param entities the wrapped one
     */
    static EntityManager in(ProjectScope scope, EntityManager entities) {
        return (EntityManager) Proxy.newProxyInstance(
                entities.getClass().getClassLoader(),
                ClassUtils.getAllInterfaces(entities),
                new ScopedEntities(entities, scope));
    }

    static boolean isScoped(EntityManager entities) {
        return Proxy.isProxyClass(entities.getClass())
                && Proxy.getInvocationHandler(entities) instanceof ScopedEntities;
    }

    /** Checks that the thread is in the scope of such an {@code EntityManager}. */
    static void requireScope(EntityManager entities) {
        ((ScopedEntities) Proxy.getInvocationHandler(entities)).scope.requireCurrent();
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "equals" -> {
                return arguments != null && proxy == arguments[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            default -> {
                if (!WORKING_ANYWHERE.contains(method.getName())) {
                    scope.requireCurrent();
                }
            }
        }
        try {
            return method.invoke(entities, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
