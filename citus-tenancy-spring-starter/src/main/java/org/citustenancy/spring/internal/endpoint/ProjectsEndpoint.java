package org.citustenancy.spring.internal.endpoint;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** An endpoint that reports the projects with their figures, and a single project with its plan. It changes nothing. */
@Endpoint(id = ProjectsEndpoint.ID)
public class ProjectsEndpoint {

    /** The name of the endpoint in URLs and properties. */
    public static final String ID = "citustenancy";

    private final Reporter reporter;

    /**
     * Creates an endpoint.
     *
     * @param reporter creates the reports
     */
    public ProjectsEndpoint(Reporter reporter) {
        this.reporter = reporter;
    }

    /**
     * Returns the report on all projects.
     *
     * @return the report
     */
    @ReadOperation
    public ProjectsReport projects() {
        return reporter.projects();
    }

    /**
     * Returns the report on one project, observed on every node.
     *
     * @return null if there is none
     */
    @ReadOperation
    public @Nullable ProjectReport project(@Selector String project) {
        return reporter.project(project).orElse(null);
    }
}
