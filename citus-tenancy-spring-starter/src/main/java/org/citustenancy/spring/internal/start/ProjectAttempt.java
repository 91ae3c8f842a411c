package org.citustenancy.spring.internal.start;

import java.util.List;
import java.util.Optional;
import org.citustenancy.CitusCluster;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.spring.ProjectInitializer;
import org.citustenancy.spring.errors.ProjectInitializationException;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.properties.StartMode;

/** Tries to have one project. */
final class ProjectAttempt {

    private final ClusterConnection cluster;
    private final StartMode mode;
    private final List<ProjectInitializer> initializers;

    ProjectAttempt(ClusterConnection cluster, StartMode mode, List<ProjectInitializer> initializers) {
        this.cluster = cluster;
        this.mode = mode;
        this.initializers = List.copyOf(initializers);
    }

    /** Why the project cannot be had now, absent if it is ready. */
    Optional<CitusTenancyException> run(ProjectDefinition project) {
        try {
            switch (mode) {
                case CREATE -> project.request(cluster.get()).create();
                case VALIDATE -> validate(cluster.get(), project);
                case NONE -> {}
            }
            initialize(project);
            return Optional.empty();
        } catch (CitusTenancyException failure) {
            return Optional.of(failure);
        }
    }

    private static void validate(CitusCluster cluster, ProjectDefinition project) {
        cluster.existing(project.database());
        ProvisioningPlan plan = project.request(cluster).plan();
        if (!plan.isEmpty()) {
            throw new ConflictException(Failure.of("The project \"" + project.database()
                            + "\" is not what the configuration says. Missing: " + plan)
                    .toDo("start with citus-tenancy.start.mode=create, or change the configuration"));
        }
    }

    private void initialize(ProjectDefinition project) {
        if (initializers.isEmpty()) {
            return;
        }
        ConnectionInfo owner = cluster.connection(project, project.owner());
        for (ProjectInitializer initializer : initializers) {
            try {
                initializer.initialize(project.key(), owner);
            } catch (CitusTenancyException told) {
                throw told;
            } catch (RuntimeException failure) {
                throw new ProjectInitializationException(
                        Failure.of("The project \"" + project.key() + "\" is there, but cannot be used: "
                                        + failure.getMessage())
                                .done("its database and users are ready")
                                .toDo("see the cause"),
                        failure);
            }
        }
    }
}
