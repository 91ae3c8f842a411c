package org.citustenancy.test.internal.spring;

import java.util.List;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.test.internal.handover.Handover;
import org.citustenancy.test.junit.CitusDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.util.ClassUtils;

/** Creates a customizer for each class of tests that has a database of its own. */
final class DatabaseCustomizerFactory implements ContextCustomizerFactory {

    private static final String DETAILS = "org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails";

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        Class<?> annotated =
                Handover.annotatedOf(testClass, CitusDatabase.class).orElse(null);
        if (annotated == null || !ClassUtils.isPresent(DETAILS, testClass.getClassLoader())) {
            return null;
        }
        if (AnnotationSupport.findAnnotation(annotated, CitusDatabase.class)
                        .orElseThrow()
                        .scope()
                != CitusDatabase.Scope.CLASS) {
            throw new InvalidRequestException(Failure.of(annotated.getName()
                            + " has a database for each test, but one Spring context for all of them")
                    .state("nothing was touched")
                    .fix("annotate it with @CitusDatabase(scope = CitusDatabase.Scope.CLASS)"));
        }
        return new DatabaseCustomizer(annotated);
    }
}
