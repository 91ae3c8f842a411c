package org.citustenancy.spring.internal.definition;

import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.ProjectRequest;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.spring.properties.ProjectProperties;

/**
 * A project.
 *
 * @param key under which the application knows it
 * @param database its database, which is its name on the cluster
 * @param users who may use it
 * @param owner who owns it
 * @param user as whom the application works in it
 * @param pool how its pools behave
 * @param properties the rest
 */
public record ProjectDefinition(
        String key,
        String database,
        List<UserDefinition> users,
        UserDefinition owner,
        UserDefinition user,
        PoolSettings pool,
        ProjectProperties properties) {

    /**
     * The project's request to the cluster.
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
        return properties.adoptExisting() ? request.adoptExisting() : request;
    }
}
