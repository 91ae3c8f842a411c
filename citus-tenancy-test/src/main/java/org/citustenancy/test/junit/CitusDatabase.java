package org.citustenancy.test.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.citustenancy.test.Preparation;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Injects databases into the tests of a class by type, as parameters of methods and into fields that are null. The
 * types are {@link org.citustenancy.test.TestDatabase}, {@link javax.sql.DataSource}, {@link org.citustenancy.Project},
 * {@link org.citustenancy.connection.ConnectionInfo}, and {@code org.jooq.DSLContext} in a suite that depends on jOOQ.
 *
 * <pre>{@code
 * @CitusDatabase(preparation = OrdersSchema.class)
 * class OrdersTest {
 *     @Test
 *     void an_order_has_a_number(DataSource orders) { ... }
 * }
 * }</pre>
 *
 * <p>The system properties {@code citustenancy.test.url}, {@code citustenancy.test.admin} and
 * {@code citustenancy.test.password}, or the variables {@code CITUS_TENANCY_TEST_URL}, {@code _ADMIN} and
 * {@code _PASSWORD}, define the cluster. Otherwise {@link org.citustenancy.embedded.EmbeddedCluster} starts one for
 * this JVM. Nested classes use the annotation of their outer class, unless they are annotated themselves. An annotation of
 * yours that is annotated with this one has the same effect.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(CitusDatabaseExtension.class)
@ResourceLock(providers = SpringContextLocks.class)
public @interface CitusDatabase {

    /**
     * The preparation of the databases: a class with a constructor without parameters.
     *
     * @return the class
     */
    Class<? extends Preparation> preparation() default NoPreparation.class;

    /**
     * The prefix of the databases' names. Different preparations need different names.
     *
     * @return a lowercase letter, followed by at most 29 lowercase letters, digits and underscores
     */
    String name() default "test";

    /**
     * The tests that share a database.
     *
     * @return by default, none
     */
    Scope scope() default Scope.TEST;

    /**
     * The number of databases that are created ahead.
     *
     * @return the number
     */
    int ahead() default 2;

    /**
     * Whether the database of a failed test is kept until the next run. The failure's message then contains its
     * connection. The system property {@code citustenancy.test.keep} sets this for all tests.
     *
     * @return true to keep it
     */
    boolean keepOnFailure() default false;

    /** The tests that share a database. */
    enum Scope {
        /** Each test, and each repetition of one, has its own database. */
        TEST,
        /** All tests of the class share one database. */
        CLASS
    }
}
