package org.citustenancy.spring.internal.flyway;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.spring.ProjectInitializer;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.users.Secret;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Provides a Flyway for each project, which runs as the project's owner on connections of its own. */
public final class ProjectFlyways implements ProjectInitializer {

    private final Definitions definitions;
    private final ClusterConnection cluster;
    private final FlywaySettings settings;

    /** The Flyway that migrates a project is also its bean, because creating one reads all of Flyway's plugins. */
    private final Map<String, ConnectedFlyway> made = new ConcurrentHashMap<>();

    private record ConnectedFlyway(Secret password, Flyway flyway) {}

    /**
     * Creates the initializer.
     *
     * @param settings are the same for all projects
     */
    public ProjectFlyways(Definitions definitions, ClusterConnection cluster, FlywaySettings settings) {
        this.definitions = definitions;
        this.cluster = cluster;
        this.settings = settings;
    }

    /**
     * Returns the Flyway of a project.
     *
     * @return the Flyway that migrates the project at the start
     */
    public Flyway flyway(String key) {
        ProjectDefinition project = definitions.project(key);
        return flyway(key, cluster.connection(project, project.owner()));
    }

    /** Returns the locations of a project's migrations. */
    static List<String> locations(List<String> configured, String project) {
        return configured.stream()
                .map(location -> location.replace("{project}", project))
                .map(location -> location.contains(":") ? location : "classpath:" + location)
                .toList();
    }

    @Override
    public void initialize(String project, ConnectionInfo owner) {
        flyway(project, owner).migrate();
    }

    private Flyway flyway(String key, ConnectionInfo owner) {
        return made.compute(
                        key,
                        // The password may have changed since the last attempt.
                        (project, known) -> known != null && known.password().equals(owner.password())
                                ? known
                                : new ConnectedFlyway(owner.password(), configured(project, owner)))
                .flyway();
    }

    private Flyway configured(String key, ConnectionInfo owner) {
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(owner.jdbcUrl(), owner.user(), owner.password().reveal());
        settings.applyTo(configuration, key);
        return configuration.load();
    }
}
