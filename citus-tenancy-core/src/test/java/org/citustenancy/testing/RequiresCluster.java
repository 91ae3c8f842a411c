package org.citustenancy.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** The test gets a {@link TestCluster} as a parameter, by default the one that all tests of this JVM share. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedCluster.class)
public @interface RequiresCluster {

    /** Whether the test means nothing without Citus; it is skipped then. */
    boolean citus() default true;

    /** Whether its class has a cluster of its own, since other tests would notice what it does. */
    boolean ofItsOwn() default false;
}
