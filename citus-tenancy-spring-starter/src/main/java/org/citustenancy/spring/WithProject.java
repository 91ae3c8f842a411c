package org.citustenancy.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a method of a bean, or all methods of a class, in the scope of a project. Use it where no request names the
 * project: for {@code @Scheduled} methods, listeners of events and messages, and {@code @Async} methods.
 *
 * <pre>{@code
 * @Scheduled(cron = "0 0 3 * * *")
 * @WithProject("analytics")
 * void removeOldEvents() {
 *     events.deleteBefore(LocalDate.now().minusDays(30));      // of analytics
 * }
 * }</pre>
 *
 * <p>The scope opens before a transaction of {@code @Transactional} begins, and ends when the method returns. Work that the
 * method starts on other threads is not in the scope, unless it is carried there.
 *
 * <p>As with {@code @Transactional}, the method must be called through the bean: a call within the same object does not
 * open a scope. The annotation of a method takes precedence over that of its class. An application with an unknown project
 * does not start.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface WithProject {

    /**
     * The key of the project under {@code citus-tenancy.projects}.
     *
     * @return the key
     */
    String value();
}
