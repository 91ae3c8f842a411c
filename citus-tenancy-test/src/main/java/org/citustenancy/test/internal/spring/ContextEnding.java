package org.citustenancy.test.internal.spring;

import java.util.Optional;
import org.citustenancy.test.internal.handover.Handover;
import org.citustenancy.test.junit.CitusDatabase;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Closes the context of a class when its database is closed, because no test can use the context any more, and its pool
 * would continue to connect.
 */
final class ContextEnding implements TestExecutionListener {

    @Override
    public void afterTestClass(TestContext tests) {
        Optional<Class<?>> annotated = Handover.annotatedOf(tests.getTestClass(), CitusDatabase.class);
        if (annotated.filter(tests.getTestClass()::equals).isPresent() && tests.hasApplicationContext()) {
            tests.markApplicationContextDirty(HierarchyMode.CURRENT_LEVEL);
        }
    }
}
