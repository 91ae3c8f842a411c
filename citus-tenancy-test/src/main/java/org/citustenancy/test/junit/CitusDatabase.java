package org.citustenancy.test.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.citustenancy.test.Preparation;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class their databases, by type: as parameters of methods and in fields that are still null, of the
 * types {@link org.citustenancy.test.TestDatabase}, {@link javax.sql.DataSource}, {@link org.citustenancy.Project}, {@link
 * org.citustenancy.connection.ConnectionInfo}, and {@code org.jooq.DSLContext} in a suite that has jOOQ.
 *
 * <pre>{@code
 * @CitusDatabase(preparation = OrdersSchema.class)
 * class OrdersTest {
 *     @Test
 *     void an_order_has_a_number(DataSource orders) { ... }
 * }
 * }</pre>
 *
 * <p>The cluster is the one that the system properties {@code citustenancy.test.url}, {@code citustenancy.test.admin} and
 * {@code citustenancy.test.password} name, or the variables {@code CITUS_TENANCY_TEST_URL}, {@code _ADMIN} and {@code
 * _PASSWORD}; otherwise one that is started for this JVM by {@link org.citustenancy.embedded.EmbeddedCluster}. Nested
 * classes have what their outer class has, unless they are annotated themselves.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(CitusDatabaseExtension.class)
public @interface CitusDatabase {

    /**
     * What the databases begin with: a class with a constructor without parameters.
     *
     * @return the class
     */
    Class<? extends Preparation> preparation() default NoPreparation.class;

    /**
     * What the databases' names begin with. Different preparations need different names.
     *
     * @return a small letter and at most 29 of those, digits and underscores
     */
    String name() default "test";

    /**
     * Who shares a database.
     *
     * @return by default, none
     */
    Scope scope() default Scope.TEST;

    /**
     * How many databases are made ahead.
     *
     * @return the number
     */
    int ahead() default 2;

    /**
     * Whether the database of a test that fails stays, with its connection in the failure's message, until the next run. The
     * system property {@code citustenancy.test.keep} sets this for all tests.
     *
     * @return true to keep it
     */
    boolean keepOnFailure() default false;

    /** Who shares a database. */
    enum Scope {
        /** Each test, and each repetition of one, has its own. */
        TEST,
        /** All tests of the class have one. */
        CLASS
    }
}
