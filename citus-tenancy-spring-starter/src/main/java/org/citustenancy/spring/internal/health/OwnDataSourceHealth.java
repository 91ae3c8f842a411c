package org.citustenancy.spring.internal.health;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;

/**
 * Removes the projects from Spring Boot's health of data sources. They have a health of their own, which does not make
 * the application be down, and the data source of the current project has no connection outside of a scope.
 */
public final class OwnDataSourceHealth implements BeanPostProcessor {

    private final BeanFactory beans;
    private final Set<String> dataSourcesOfProjects;

    /**
     * Creates the filter.
     *
     * @param beans contains the data sources
     * @param dataSourcesOfProjects the names of their beans
     */
    public OwnDataSourceHealth(BeanFactory beans, Set<String> dataSourcesOfProjects) {
        this.beans = beans;
        this.dataSourcesOfProjects = Set.copyOf(dataSourcesOfProjects);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!name.equals(DbHealthAlias.DB) || !(bean instanceof CompositeHealthContributor all)) {
            return bean;
        }
        Map<String, HealthContributor> own = all.stream()
                .filter(entry -> !isOfProject(entry.name()))
                .collect(Collectors.toMap(HealthContributors.Entry::name, HealthContributors.Entry::contributor));
        // Spring Boot shows a single data source without its name.
        return own.size() == 1 ? own.values().iterator().next() : CompositeHealthContributor.fromMap(own);
    }

    /** A bean of the application may be the data source of a project under another name. */
    private boolean isOfProject(String name) {
        return dataSourcesOfProjects.contains(name)
                || (beans.containsBean(name)
                        && dataSourcesOfProjects.stream()
                                .anyMatch(other -> beans.getBean(other) == beans.getBean(name)));
    }
}
