package org.citustenancy.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.AliasFor;

/**
 * Injects a bean of a project: its {@code DataSource}, {@code JdbcClient}, {@code DSLContext},
 * {@code PlatformTransactionManager}, or the {@code EntityManager} of a project with entities of its own.
 *
 * <pre>{@code
 * Reports(@OfProject("analytics") JdbcClient analytics) { ... }
 * }</pre>
 *
 * <p>The annotation is equivalent to {@code @Qualifier} with the project's name.
 */
@Documented
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface OfProject {

    /**
     * The key of the project under {@code citus-tenancy.projects}.
     *
     * @return the key
     */
    @AliasFor(annotation = Qualifier.class, attribute = "value")
    String value();
}
