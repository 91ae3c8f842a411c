package org.citustenancy.spring.internal.beans;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.core.env.Environment;

/**
 * The data source that an application has in addition to those of its projects. Spring Boot's beans belong to it, unless
 * {@code citus-tenancy.primary} names a project.
 */
public final class OwnDataSource {

    /**
     * The properties with which Spring Boot defines a data source. An embedded database on the class path is not
     * sufficient: it is often there for tests only, and must not take the place of a project.
     */
    private static final List<String> PROPERTIES = List.of(
            "spring.datasource.url", "spring.datasource.jndi-name", "spring.datasource.xa.data-source-class-name");

    private static final String EMBEDDED = "spring.datasource.embedded-database-connection";

    private OwnDataSource() {}

    /**
     * Returns the property that defines the data source.
     *
     * @return empty if there is none
     */
    public static Optional<String> property(Environment environment) {
        Optional<String> named = PROPERTIES.stream()
                .filter(property -> isSet(environment, property))
                .findFirst();
        return named.or(() -> Optional.of(EMBEDDED)
                .filter(property ->
                        isSet(environment, property) && !"none".equalsIgnoreCase(environment.getProperty(property))));
    }

    private static boolean isSet(Environment environment, String property) {
        try {
            return !environment.getProperty(property, "").isBlank();
        } catch (IllegalArgumentException unresolved) {
            // While an application is processed ahead of time, its variables are unknown.
            return true;
        }
    }

    /**
     * Returns whether the application defines a data source, by a property or as a bean. Call this method before the
     * data sources of projects are registered.
     *
     * @param ofProjects the names of the data sources of projects, which the application may define itself
     */
    static boolean isDefined(Environment environment, ListableBeanFactory beans, Set<String> ofProjects) {
        return property(environment).isPresent()
                || Arrays.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                                beans, DataSource.class, true, false))
                        .anyMatch(name -> !ofProjects.contains(name) && isInjectedWithoutName(beans, name));
    }

    /** Returns whether a bean is injected without a name, as Spring Boot's conditions decide it. */
    static boolean isInjectedWithoutName(BeanFactory beans, String name) {
        if (!(beans instanceof ConfigurableListableBeanFactory known) || !known.containsBeanDefinition(name)) {
            return true;
        }
        BeanDefinition definition = known.getBeanDefinition(name);
        return definition.isAutowireCandidate()
                && !(definition instanceof AbstractBeanDefinition bean && !bean.isDefaultCandidate());
    }
}
