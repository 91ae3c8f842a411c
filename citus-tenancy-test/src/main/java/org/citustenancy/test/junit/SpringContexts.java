package org.citustenancy.test.junit;

import org.citustenancy.test.internal.handover.DatabaseHolder;
import org.citustenancy.test.internal.handover.RunningTest;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** The contexts of tests whose constructor gets beans, before Spring's listeners know the instance. */
final class SpringContexts {

    private SpringContexts() {}

    /**
     * Lets the context of a test use the test's database.
     *
     * @param context the context of JUnit
     * @param test the test that begins
     */
    static void use(ExtensionContext context, RunningTest test) {
        ApplicationContext beans = SpringExtension.getApplicationContext(context);
        if (beans.containsBean(DatabaseHolder.BEAN)) {
            DatabaseHolder database = beans.getBean(DatabaseHolder.BEAN, DatabaseHolder.class);
            if (database.serves(test)) {
                database.use(test);
            }
        }
    }
}
