package org.citustenancy.test.internal.spring;

import java.util.List;
import org.citustenancy.test.internal.handover.Handover;
import org.citustenancy.test.junit.CitusDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;

/** Creates equal customizers for classes whose tests can share a context. */
final class DatabaseCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return Handover.annotatedOf(testClass, CitusDatabase.class)
                .flatMap(annotated -> AnnotationSupport.findAnnotation(annotated, CitusDatabase.class))
                .map(wanted -> new DatabaseCustomizer(wanted.name(), wanted.preparation(), wanted.scope()))
                .orElse(null);
    }
}
