package org.citustenancy.spring.internal.definition;

import java.util.List;
import java.util.Optional;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.failover.FailoverOptions;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.suspending.AutosuspendOptions;

/**
 * The projects of the application.
 *
 * @param projects in the order of their keys
 * @param primary the project of beans that are injected without a name
 * @param pool the settings of pools without settings of their own
 * @param budget the number of connections of all pools together
 * @param failover how failovers are followed, if they are
 * @param autosuspend how unused projects are suspended, if they are
 * @param cluster the cluster; absent if the properties do not define it
 */
public record Definitions(
        List<ProjectDefinition> projects,
        Optional<String> primary,
        PoolSettings pool,
        ConnectionBudget budget,
        FailoverOptions failover,
        AutosuspendOptions autosuspend,
        Optional<PropertiesConnectionDetails> cluster) {

    /** Copies the list. */
    public Definitions {
        projects = List.copyOf(projects);
    }

    /** Returns these definitions without a primary project, if the application has a data source of its own. */
    public Definitions withoutPrimary() {
        return new Definitions(projects, Optional.empty(), pool, budget, failover, autosuspend, cluster);
    }

    /**
     * Returns a project.
     *
     * @throws NotFoundException if it does not exist
     */
    public ProjectDefinition project(String key) {
        return projects.stream()
                .filter(project -> project.key().equals(key))
                .findFirst()
                .orElseThrow(() ->
                        new NotFoundException(Failure.of("There is no project \"" + key + "\" in the configuration")
                                .fix("add it under citus-tenancy.projects")));
    }
}
