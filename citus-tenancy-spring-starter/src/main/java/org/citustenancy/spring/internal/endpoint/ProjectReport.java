package org.citustenancy.spring.internal.endpoint;

import java.util.List;
import org.citustenancy.spring.internal.endpoint.ProjectsReport.OneProject;
import org.jspecify.annotations.Nullable;

/**
 * The report of the endpoint on one project.
 *
 * @param project the project
 * @param plan the steps that reconcile the project with the configuration; empty if none are needed, null if unknown
 * @param planProblem the reason if the plan is unknown
 */
public record ProjectReport(
        OneProject project,
        @Nullable List<OneStep> plan,
        @Nullable String planProblem) {

    /**
     * A step of a plan.
     *
     * @param node the node it would run on
     * @param database the database it would run in
     * @param description its effect
     */
    public record OneStep(String node, String database, String description) {}
}
