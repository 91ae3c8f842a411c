package org.citustenancy.test.junit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** The parameters that Spring injects. JUnit rejects a parameter that two extensions want. */
final class SpringParameters {

    private SpringParameters() {}

    /**
     * Returns whether Spring's extension injects a parameter: one with {@code @Autowired}, {@code @Qualifier} or
     * {@code @Value}, and each parameter of a constructor that Spring autowires.
     *
     * @return true if no other extension may
     */
    static boolean areOfSpring(ParameterContext parameter, ExtensionContext context) {
        return new SpringExtension().supportsParameter(parameter, context);
    }
}
