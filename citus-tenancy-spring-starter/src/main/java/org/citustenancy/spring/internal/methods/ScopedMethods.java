package org.citustenancy.spring.internal.methods;

import java.lang.reflect.AnnotatedElement;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.spring.WithProject;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Makes methods with {@link WithProject} run in a scope, outside of transactions and inside of {@code @Async}. */
public final class ScopedMethods extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private static final long serialVersionUID = 1L;

    private final Set<String> projects;

    /**
     * Creates a processor.
     *
     * @param projects the keys of the projects
     * @param proxyTargetClass whether proxies extend the class of the bean, as {@code spring.aop.proxy-target-class} says
     */
    public ScopedMethods(Set<String> projects, boolean proxyTargetClass) {
        this.projects = Set.copyOf(projects);
        setProxyTargetClass(proxyTargetClass);
        setBeforeExistingAdvisors(true);
        // Just before @Async and @Scheduled, which then call the scoped method.
        setOrder(LOWEST_PRECEDENCE - 1);
    }

    @Override
    public void setBeanFactory(BeanFactory beans) {
        super.setBeanFactory(beans);
        ComposablePointcut annotated = new ComposablePointcut(
                        new AnnotationMatchingPointcut(null, WithProject.class, true))
                .union(new AnnotationMatchingPointcut(WithProject.class, true));
        this.advisor = new DefaultPointcutAdvisor(annotated, new ScopeInterceptor(beans));
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        Class<?> type = AopUtils.getTargetClass(bean);
        if (isEligible(type)) {
            requireKnownProjects(type);
        }
        return super.postProcessAfterInitialization(bean, name);
    }

    private void requireKnownProjects(Class<?> type) {
        Stream<AnnotatedElement> methods = MethodIntrospector.selectMethods(type, ScopedMethods::isAnnotated).stream()
                .map(AnnotatedElement.class::cast);
        Stream.concat(Stream.of(type), methods).forEach(place -> {
            WithProject project = project(place);
            if (project != null && !projects.contains(project.value())) {
                throw new NotFoundException(
                        Failure.of("@WithProject(\"" + project.value() + "\") of " + place + " names no project")
                                .fix("name one of " + projects.stream().sorted().collect(Collectors.joining(", "))
                                        + ", or add it under citus-tenancy.projects"));
            }
        });
    }

    private static boolean isAnnotated(AnnotatedElement place) {
        return project(place) != null;
    }

    static @Nullable WithProject project(AnnotatedElement place) {
        return AnnotatedElementUtils.findMergedAnnotation(place, WithProject.class);
    }
}
