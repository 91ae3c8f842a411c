package org.citustenancy.spring.internal.definition;

import java.util.List;
import java.util.Optional;
import org.citustenancy.CitusCluster;
import org.citustenancy.ProjectRequest;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.spring.properties.ProjectProperties;
import org.citustenancy.tables.DistributionRules;

/**
 * A project.
 *
 * @param key the key in the application
 * @param database its database, which is its name on the cluster
 * @param users its users
 * @param owner its owner
 * @param user the user that the application connects as
 * @param pool the settings of its pools
 * @param distribution the rules for the distribution of its tables, absent if migrations distribute them
 * @param properties the other properties
 */
public record ProjectDefinition(
        String key,
        String database,
        List<UserDefinition> users,
        UserDefinition owner,
        UserDefinition user,
        PoolSettings pool,
        Optional<DistributionRules> distribution,
        ProjectProperties properties) {

    /**
     * Creates the project's request to the cluster.
     *
     * @return a request that has not run yet
     */
    public ProjectRequest request(CitusCluster cluster) {
        ProjectRequest request = cluster.project(database);
        for (UserDefinition each : users) {
            request = each.addTo(request);
        }
        for (String extension : properties.extensions()) {
            request = request.extension(extension);
        }
        for (var setting : properties.settings().entrySet()) {
            request = request.setting(setting.getKey(), setting.getValue());
        }
        if (properties.connectionLimit() != null) {
            request = request.connectionLimit(properties.connectionLimit());
        }
        if (distribution.isPresent()) {
            request = request.distribution(distribution.get());
        }
        return properties.adoptExisting() ? request.adoptExisting() : request;
    }
}
