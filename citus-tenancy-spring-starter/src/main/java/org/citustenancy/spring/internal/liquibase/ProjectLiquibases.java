package org.citustenancy.spring.internal.liquibase;

import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import liquibase.Liquibase;
import liquibase.integration.spring.Customizer;
import liquibase.integration.spring.SpringLiquibase;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.spring.ProjectInitializer;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.spring.properties.LiquibaseProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ResourceLoader;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Provides a Liquibase for each project, which runs as the project's owner on connections of its own. */
public final class ProjectLiquibases implements ProjectInitializer {

    private final Definitions definitions;
    private final ClusterConnection cluster;
    private final LiquibaseProperties properties;
    private final ResourceLoader resources;
    private final @Nullable Customizer<Liquibase> customizer;

    /**
     * Liquibase keeps the locks of change logs in one place for the whole JVM, and the end of a run drops those of
     * other runs without releasing them. For that reason the change logs of the projects run one after another.
     */
    private final ReentrantLock running = new ReentrantLock();

    /**
     * Creates the initializer.
     *
     * @param properties the locations of the change logs, and the contexts and labels that run
     * @param resources loads the change logs
     * @param customizer changes each Liquibase
     */
    public ProjectLiquibases(
            Definitions definitions,
            ClusterConnection cluster,
            LiquibaseProperties properties,
            ResourceLoader resources,
            @Nullable Customizer<Liquibase> customizer) {
        this.definitions = definitions;
        this.cluster = cluster;
        this.properties = properties;
        this.resources = resources;
        this.customizer = customizer;
    }

    /**
     * Creates the Liquibase of a project.
     *
     * @return a Liquibase that runs nothing when it is initialized
     */
    public SpringLiquibase liquibase(String key) {
        ProjectDefinition project = definitions.project(key);
        return liquibase(key, cluster.connection(project, project.owner()));
    }

    @Override
    public void initialize(String project, ConnectionInfo owner) {
        running.lock();
        try {
            liquibase(project, owner).update();
        } finally {
            running.unlock();
        }
    }

    private ProjectLiquibase liquibase(String key, ConnectionInfo owner) {
        ProjectLiquibase liquibase = new ProjectLiquibase(
                key,
                properties.changeLogs().stream()
                        .map(changeLog -> changeLog.replace("{project}", key))
                        .toList());
        liquibase.setDataSource(new DriverManagerDataSource(
                owner.jdbcUrl(), owner.user(), owner.password().reveal()));
        liquibase.setResourceLoader(resources);
        liquibase.setChangeLogParameters(Map.of("project", key));
        if (properties.contexts() != null) {
            liquibase.setContexts(properties.contexts());
        }
        if (properties.labelFilter() != null) {
            liquibase.setLabelFilter(properties.labelFilter());
        }
        if (customizer != null) {
            liquibase.setCustomizer(customizer);
        }
        return liquibase;
    }
}
