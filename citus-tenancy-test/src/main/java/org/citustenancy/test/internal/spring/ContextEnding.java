package org.citustenancy.test.internal.spring;

import java.util.Optional;
import org.citustenancy.test.internal.handover.Handover;
import org.citustenancy.test.junit.CitusDatabase;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Closes the context of a class when its database ends: no test could use it any more, and its pool would go on trying. */
final class ContextEnding implements TestExecutionListener {

    @Override
    public void afterTestClass(TestContext tests) {
        Optional<Class<?>> annotated = Handover.annotatedOf(tests.getTestClass(), CitusDatabase.class);
        if (annotated.filter(tests.getTestClass()::equals).isPresent() && tests.hasApplicationContext()) {
            tests.markApplicationContextDirty(HierarchyMode.CURRENT_LEVEL);
        }
    }
}
