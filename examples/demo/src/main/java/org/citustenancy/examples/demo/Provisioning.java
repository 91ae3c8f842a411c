package org.citustenancy.examples.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectOutcome;
import org.citustenancy.ProjectRequest;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.plan.StepOutcome;

/** Creates all projects at once, after showing the plan. */
final class Provisioning {

    private final CitusCluster cluster;
    private final KeptPasswords passwords;
    private final Console console;

    Provisioning(CitusCluster cluster, KeptPasswords passwords, Console console) {
        this.cluster = cluster;
        this.passwords = passwords;
        this.console = console;
    }

    /** Returns the projects, in the order of their definitions. */
    List<DemoProject> provision(List<GuideProject> wanted, Changes changes) throws IOException {
        List<ProjectRequest> requests = new ArrayList<>();
        for (GuideProject project : wanted) {
            ProjectRequest request = cluster.project(project.name());
            for (GuideUser user : project.users()) {
                request = user.in(request, passwords.of(user));
            }
            requests.add(request);
        }
        console.heading("The plan: each step with its node, its database, and its SQL");
        int planned = 0;
        for (ProjectRequest request : requests) {
            ProvisioningPlan plan = request.plan();
            planned += plan.steps().size();
            new PlanText(plan).print(console);
        }

        console.heading("Making the projects");
        List<ProjectOutcome> outcomes = cluster.create(requests);
        outcomes.forEach(this::log);
        int done = 0;
        List<DemoProject> projects = new ArrayList<>();
        for (int index = 0; index < wanted.size(); index++) {
            Project project = outcomes.get(index).orThrow();
            projects.add(new DemoProject(wanted.get(index), project));
            done += project.result().map(Provisioning::stepsDone).orElse(0);
        }
        changes.count("provisioning step", done);
        if (done > 0 && done < planned) {
            console.paragraph(
                    "Fewer than planned: what turns out not to be needed is left out. Databases that are made together"
                            + " are copies of one that has Citus already.");
        }
        return projects;
    }

    private void log(ProjectOutcome outcome) {
        outcome.project()
                .flatMap(Project::result)
                .ifPresent(result -> console.paragraph(result.project() + ": "
                        + (result.changed()
                                ? stepsDone(result) + " steps done"
                                : "unchanged, because it is in the desired state already")
                        + "; every node was verified ("
                        + result.took().toMillis() + " ms)"));
        outcome.failure()
                .map(CitusTenancyException::failure)
                .ifPresent(failure -> console.paragraph(outcome.name() + ": failed; " + failure.what()));
    }

    private static int stepsDone(ProvisioningResult result) {
        return Math.toIntExact(
                result.outcomes().stream().filter(StepOutcome::done).count());
    }
}
