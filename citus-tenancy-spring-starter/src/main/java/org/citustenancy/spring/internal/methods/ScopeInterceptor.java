package org.citustenancy.spring.internal.methods;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.spring.WithProject;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;

/** Opens a scope around a method. */
final class ScopeInterceptor implements MethodInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(ScopeInterceptor.class);

    private final BeanFactory beans;

    /**
     * Creates the interceptor.
     *
     * @param beans contains the projects and their pools, which must not be created before other beans are processed
     */
    ScopeInterceptor(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        ProjectDefinition project = beans.getBean(Definitions.class).project(key(invocation));
        try (ProjectScope scope = beans.getBean(ProjectPools.class)
                .scopes()
                .open(project.database(), project.user().name())) {
            LOG.trace("A method works in {}", scope);
            return invocation.proceed();
        }
    }

    private static String key(MethodInvocation invocation) {
        Object target = invocation.getThis();
        Class<?> type = target == null ? invocation.getMethod().getDeclaringClass() : AopUtils.getTargetClass(target);
        WithProject ofMethod = ScopedMethods.project(AopUtils.getMostSpecificMethod(invocation.getMethod(), type));
        WithProject project = ofMethod == null ? ScopedMethods.project(type) : ofMethod;
        if (project == null) {
            throw new IllegalStateException(invocation.getMethod() + " has no @WithProject");
        }
        return project.value();
    }
}
