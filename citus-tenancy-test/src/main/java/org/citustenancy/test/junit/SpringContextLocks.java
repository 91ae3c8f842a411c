package org.citustenancy.test.junit;

import java.util.List;
import java.util.Set;
import org.citustenancy.test.internal.handover.Handover;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Lets Spring tests whose databases have the same name run one after another, because their contexts may be one, which
 * has one database at a time. JUnit plans with these locks, so that no thread waits for another while it holds a test.
 */
final class SpringContextLocks implements ResourceLocksProvider {

    @Override
    public Set<Lock> provideForClass(Class<?> tests) {
        return Handover.annotatedOf(tests, CitusDatabase.class)
                .filter(annotated -> SpringInjection.isSpringTest(tests))
                .flatMap(annotated -> AnnotationSupport.findAnnotation(annotated, CitusDatabase.class))
                .map(wanted ->
                        Set.of(new Lock("org.citustenancy.test/" + wanted.name(), ResourceAccessMode.READ_WRITE)))
                .orElse(Set.of());
    }

    @Override
    public Set<Lock> provideForNestedClass(List<Class<?>> enclosing, Class<?> tests) {
        return provideForClass(tests);
    }
}
