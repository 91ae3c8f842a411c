package org.citustenancy.spring.internal.endpoint;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** The projects with their figures, and one of them with its plan. Changes nothing. */
@Endpoint(id = ProjectsEndpoint.ID)
public class ProjectsEndpoint {

    /** Its name in URLs and properties. */
    public static final String ID = "citustenancy";

    private final Reporter reporter;

    /**
     * An endpoint.
     *
     * @param reporter knows what to show
     */
    public ProjectsEndpoint(Reporter reporter) {
        this.reporter = reporter;
    }

    /**
     * All projects.
     *
     * @return what is known of them
     */
    @ReadOperation
    public ProjectsReport projects() {
        return reporter.projects();
    }

    /**
     * One project, observed on every node.
     *
     * @return null if there is none
     */
    @ReadOperation
    public @Nullable ProjectReport project(@Selector String project) {
        return reporter.project(project).orElse(null);
    }
}
