package org.citustenancy.spring.internal.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.start.ProjectStart;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Contributes the projects of the application to the info endpoint. It queries no node, and shows nothing that is
 * needed to connect.
 */
public final class ProjectsInfo implements InfoContributor {

    private final Definitions definitions;
    private final ProjectStart start;

    /**
     * Creates a contributor.
     *
     * @param start the outcome of their start
     */
    public ProjectsInfo(Definitions definitions, ProjectStart start) {
        this.definitions = definitions;
        this.start = start;
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Object> projects = new LinkedHashMap<>();
        definitions
                .projects()
                .forEach(project -> projects.put(
                        project.key(),
                        Map.of(
                                "database",
                                project.database(),
                                "ready",
                                start.failure(project.key()).isEmpty())));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("projects", projects);
        definitions.primary().ifPresent(primary -> details.put("primary", primary));
        builder.withDetail(ProjectsEndpoint.ID, details);
    }
}
