package org.citustenancy.spring.internal.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Set;
import org.citustenancy.hikari.ProjectScopes;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** A factory whose {@code EntityManager}s and sessions each work in one scope. */
final class ScopedFactory implements InvocationHandler {

    private static final Set<String> CREATING =
            Set.of("createEntityManager", "createEntityAgent", "openSession", "openStatelessSession");

    private final EntityManagerFactory factory;
    private final ProjectScopes scopes;
    private final Class<? extends EntityManager> entities;

    private ScopedFactory(EntityManagerFactory factory, ProjectScopes scopes, Class<? extends EntityManager> entities) {
        this.factory = factory;
        this.scopes = scopes;
        this.entities = entities;
    }

    /**
     * Wraps a factory in a proxy with all of its interfaces.
     *
     * @param entities an interface of each {@code EntityManager}
     */
    static EntityManagerFactory of(
            EntityManagerFactory factory, ProjectScopes scopes, Class<? extends EntityManager> entities) {
        return (EntityManagerFactory) Proxy.newProxyInstance(
                factory.getClass().getClassLoader(),
                ClassUtils.getAllInterfaces(factory),
                new ScopedFactory(factory, scopes, entities));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("equals")) {
            return arguments != null && proxy == arguments[0];
        }
        if (!CREATING.contains(method.getName())) {
            return ScopedEntities.call(method, factory, arguments);
        }
        Class<?> type = method.getReturnType();
        Class<?>[] types = EntityManager.class.isAssignableFrom(type) && !type.isAssignableFrom(entities)
                ? new Class<?>[] {type, entities}
                : new Class<?>[] {EntityManager.class.isAssignableFrom(type) ? entities : type};
        return ScopedEntities.create(
                scopes, types, () -> Objects.requireNonNull(ScopedEntities.call(method, factory, arguments)));
    }
}
