package org.citustenancy.spring.internal.endpoint;

import java.util.List;
import org.citustenancy.spring.internal.endpoint.ProjectsReport.OneProject;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint shows of one project.
 *
 * @param project the project
 * @param plan what would have to be done to make it what the configuration says; empty if it is, null if it is not known
 * @param planProblem why that is not known
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
     * @param description what it would do
     */
    public record OneStep(String node, String database, String description) {}
}
