package org.citustenancy.spring.internal.jpa;

import jakarta.persistence.EntityManager;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.hikari.ProjectScopes;
import org.jspecify.annotations.Nullable;
import org.springframework.orm.jpa.EntityManagerProxy;

/**
 * An {@code EntityManager} or a session without a persistence context, which works in one scope only: the scope in which
 * it was created, or else that of its first use. It can be closed in any scope. The provider creates it at its first use,
 * because one that is open for a whole request is often not used, and because the provider must know the scope.
 */
final class ScopedEntities implements InvocationHandler {

    /** The methods that begin and end transactions, or send nothing to a server. */
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
            "setFlushMode");

    /** The methods that create queries, which are checked without a project when an application starts. */
    private static final Set<String> WORKING_OUTSIDE =
            Set.of("getCriteriaBuilder", "getMetamodel", "getFactory", "getSessionFactory");

    private final ProjectScopes scopes;
    private final Creation creation;
    private @Nullable ProjectScope scope;
    private @Nullable Object target;
    private boolean closed;

    private ScopedEntities(ProjectScopes scopes, Creation creation) {
        this.scopes = scopes;
        this.creation = creation;
        this.scope = scopes.current().orElse(null);
    }

    /** Creates the object of the provider. */
    interface Creation {

        /** Returns a new object each time. */
        Object create() throws Throwable;
    }

    /**
     * Creates a proxy that belongs to the scope of the thread, if it has one.
     *
     * @param types its interfaces
     * @param creation creates what it delegates to
     */
    static Object create(ProjectScopes scopes, Class<?>[] types, Creation creation) {
        return Proxy.newProxyInstance(types[0].getClassLoader(), types, new ScopedEntities(scopes, creation));
    }

    /**
     * Checks that the thread is in the scope of an {@code EntityManager}.
     *
     * @param entities may be a proxy of Spring
     */
    static void requireScope(EntityManager entities) {
        EntityManager innermost = entities;
        while (innermost instanceof EntityManagerProxy proxy) {
            innermost = proxy.getTargetEntityManager();
        }
        if (Proxy.isProxyClass(innermost.getClass())
                && Proxy.getInvocationHandler(innermost) instanceof ScopedEntities scoped
                && scoped.scope != null) {
            scoped.scope.requireCurrent();
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        return switch (name) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "entities of " + (scope == null ? "no scope" : scope);
            case "isOpen" -> target == null ? !closed : call(method, target, arguments);
            case "close" -> {
                closed = true;
                yield target == null ? null : call(method, target, arguments);
            }
            default -> call(method, target(name), arguments);
        };
    }

    private Object target(String method) throws Throwable {
        if (scope == null) {
            takeScope(method);
        }
        if (scope != null && (target == null || !WORKING_ANYWHERE.contains(method))) {
            scope.requireCurrent();
        }
        if (target == null) {
            if (closed) {
                throw new IllegalStateException("The EntityManager or session is closed");
            }
            target = creation.create();
        }
        return target;
    }

    private void takeScope(String method) throws Exception {
        Optional<ProjectScope> current = scopes.current();
        if (current.isPresent()) {
            if (target instanceof AutoCloseable withoutProject) {
                withoutProject.close();
            }
            target = null;
            scope = current.get();
        } else if (!method.startsWith("create")
                && !WORKING_ANYWHERE.contains(method)
                && !WORKING_OUTSIDE.contains(method)) {
            scopes.required();
        }
    }

    /** Calls a method and throws what the method throws. */
    static @Nullable Object call(Method method, Object target, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
