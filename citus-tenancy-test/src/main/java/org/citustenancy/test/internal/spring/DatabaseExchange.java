package org.citustenancy.test.internal.spring;

import java.lang.reflect.Method;
import java.util.Optional;
import org.citustenancy.test.internal.handover.DatabaseHolder;
import org.citustenancy.test.internal.handover.Handover;
import org.citustenancy.test.internal.handover.RunningTest;
import org.citustenancy.test.junit.CitusDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.test.context.support.DependencyInjectionTestExecutionListener;
import org.springframework.test.context.support.DirtiesContextBeforeModesTestExecutionListener;

/**
 * Exchanges the database of a context before Spring injects beans, begins a transaction or runs a script for a test.
 * Spring calls its listeners in their order, regardless of the order of extensions.
 */
final class DatabaseExchange implements TestExecutionListener, Ordered {

    /** After the listener that may close the context before a test. */
    @Override
    public int getOrder() {
        return DirtiesContextBeforeModesTestExecutionListener.ORDER + 1;
    }

    /** Also {@code @BeforeAll} has the database of its class. */
    @Override
    public void beforeTestClass(TestContext tests) throws Exception {
        exchange(tests);
    }

    @Override
    public void prepareTestInstance(TestContext tests) throws Exception {
        exchange(tests);
    }

    @Override
    public void beforeTestMethod(TestContext tests) throws Exception {
        exchange(tests);
    }

    private static void exchange(TestContext tests) throws Exception {
        if (annotated(tests).isEmpty()) {
            return;
        }
        RunningTest test = runningTest(tests);
        ContextDatabase database = database(tests);
        if (test == null) {
            database.endStart();
            return;
        }
        if (!database.serves(test)) {
            tests.markApplicationContextDirty(HierarchyMode.CURRENT_LEVEL);
            tests.setAttribute(DependencyInjectionTestExecutionListener.REINJECT_DEPENDENCIES_ATTRIBUTE, true);
            database = database(tests);
            database.endStart();
        }
        database.use(test);
    }

    /** Ends the use of the database after Spring has ended the transaction. */
    @Override
    public void afterTestMethod(TestContext tests) throws Exception {
        if (annotated(tests).isPresent() && tests.hasApplicationContext()) {
            RunningTest test = runningTest(tests);
            if (test != null && test.isOneTest()) {
                database(tests).release(test);
            }
        }
    }

    /** Closes the context of a class if it cannot have the database of another one. */
    @Override
    public void afterTestClass(TestContext tests) throws Exception {
        if (annotated(tests).filter(tests.getTestClass()::equals).isEmpty() || !tests.hasApplicationContext()) {
            return;
        }
        if (database(tests).isBound()) {
            tests.markApplicationContextDirty(HierarchyMode.CURRENT_LEVEL);
        } else {
            release(tests);
        }
    }

    private static void release(TestContext tests) throws Exception {
        RunningTest test = runningTest(tests);
        if (test != null) {
            database(tests).release(test);
        }
    }

    /** Lets JUnit call a method, because its extensions resolve the parameter for the test that runs. */
    private static @Nullable RunningTest runningTest(TestContext tests) throws Exception {
        Method identity = DatabaseExchange.class.getDeclaredMethod("identity", RunningTest.class);
        return (RunningTest) tests.getMethodInvoker().invoke(identity, null);
    }

    static @Nullable RunningTest identity(@Nullable RunningTest test) {
        return test;
    }

    private static ContextDatabase database(TestContext tests) {
        return tests.getApplicationContext().getBean(DatabaseHolder.BEAN, ContextDatabase.class);
    }

    private static Optional<Class<?>> annotated(TestContext tests) {
        return Handover.annotatedOf(tests.getTestClass(), CitusDatabase.class);
    }
}
