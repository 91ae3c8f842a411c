package org.citustenancy.test.junit;

import java.lang.reflect.Field;
import java.util.Arrays;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Which parameters and fields Spring injects, and which tests are Spring's. A suite without Spring loads none of it. */
final class SpringInjection {

    private static final String EXTENSION = "org.springframework.test.context.junit.jupiter.SpringExtension";
    private static final String AUTOWIRED = "org.springframework.beans.factory.annotation.Autowired";

    private SpringInjection() {}

    static boolean wants(ParameterContext parameter, ExtensionContext context) {
        return isLoadable(EXTENSION) && isLoadable(AUTOWIRED) && SpringParameters.areOfSpring(parameter, context);
    }

    private static boolean isLoadable(String type) {
        return ReflectionSupport.tryToLoadClass(type).toOptional().isPresent();
    }

    static boolean wants(Field field) {
        for (var annotation : field.getAnnotations()) {
            if (annotation.annotationType().getName().equals(AUTOWIRED)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether Spring's beans can be parameters of the constructor of a class. */
    static boolean constructs(Class<?> tests) {
        return isSpringTest(tests)
                && Arrays.stream(tests.getDeclaredConstructors())
                        .flatMap(constructor -> Arrays.stream(constructor.getParameterTypes()))
                        .anyMatch(type -> type != tests.getEnclosingClass());
    }

    /** Returns whether Spring's extension is registered for a class by an annotation. */
    static boolean isSpringTest(Class<?> tests) {
        for (Class<?> each = tests; each != null; each = each.getEnclosingClass()) {
            for (ExtendWith registered : AnnotationSupport.findRepeatableAnnotations(each, ExtendWith.class)) {
                for (Class<?> extension : registered.value()) {
                    if (extension.getName().equals(EXTENSION)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
