package org.citustenancy.spring.internal.start;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.citustenancy.CitusCluster;
import org.citustenancy.ProjectOutcome;
import org.citustenancy.ProjectRequest;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.Step;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.spring.ProjectInitializer;
import org.citustenancy.spring.errors.ProjectInitializationException;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.properties.StartMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates projects and then runs their initializers. */
final class ProjectAttempts {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectAttempts.class);

    private final ClusterConnection cluster;
    private final StartMode mode;
    private final boolean usesUnconfirmed;
    private final List<ProjectInitializer> initializers;
    private final StartThreads threads;
    private final Set<String> initialized = ConcurrentHashMap.newKeySet();

    ProjectAttempts(
            ClusterConnection cluster,
            StartMode mode,
            boolean usesUnconfirmed,
            List<ProjectInitializer> initializers,
            StartThreads threads) {
        this.cluster = cluster;
        this.mode = mode;
        this.usesUnconfirmed = usesUnconfirmed;
        this.initializers = List.copyOf(initializers);
        this.threads = threads;
    }

    /** Returns whether all initializers of a project have ended without a failure, or there are none. */
    boolean isInitialized(String project) {
        return initializers.isEmpty() || initialized.contains(project);
    }

    /** Returns the failures by the projects' keys. Projects without a failure are ready. */
    Map<String, CitusTenancyException> run(List<ProjectDefinition> projects) {
        Map<String, CitusTenancyException> failures = new ConcurrentHashMap<>();
        switch (mode) {
            case CREATE -> create(projects, failures);
            case VALIDATE -> each(projects, failures, this::validate);
            case NONE -> {}
        }
        if (!initializers.isEmpty()) {
            each(toInitialize(failures, projects), failures, this::initialize);
            if (mode == StartMode.CREATE) {
                // The initializers may have created tables to which users need grants.
                create(
                        without(failures, projects).stream()
                                .filter(project -> project.users().size() > 1)
                                .toList(),
                        failures);
            }
        }
        return failures;
    }

    /**
     * Includes projects of the registry that could not be confirmed, for example because a worker is down: without
     * pending migrations they can be used. An unmanaged database of the same name is not initialized.
     */
    private List<ProjectDefinition> toInitialize(
            Map<String, CitusTenancyException> failures, List<ProjectDefinition> projects) {
        boolean unconfirmed = usesUnconfirmed && !failures.isEmpty();
        Set<String> managed = unconfirmed ? managed() : Set.of();
        return projects.stream()
                .filter(project -> !initialized.contains(project.key()))
                .filter(project -> !failures.containsKey(project.key()) || managed.contains(project.database()))
                .toList();
    }

    private Set<String> managed() {
        try {
            return cluster.ifConnected().map(CitusCluster::projects).orElse(List.of()).stream()
                    .filter(project -> project.state() == ProjectState.READY)
                    .map(RegisteredProject::name)
                    .collect(Collectors.toSet());
        } catch (OperationInterruptedException closing) {
            throw closing;
        } catch (CitusTenancyException unknown) {
            LOG.debug("The registered projects cannot be read now", unknown);
            return Set.of();
        }
    }

    private void create(List<ProjectDefinition> projects, Map<String, CitusTenancyException> failures) {
        if (projects.isEmpty()) {
            return;
        }
        Map<String, String> keys = new HashMap<>();
        List<ProjectRequest> requests = new ArrayList<>();
        try {
            CitusCluster connected = cluster.get();
            for (ProjectDefinition project : projects) {
                attempt(project, failures, each -> requests.add(each.request(connected)));
                keys.put(project.database(), project.key());
            }
            for (ProjectOutcome outcome : connected.create(requests)) {
                outcome.failure().ifPresent(failure -> failures.put(keys.getOrDefault(outcome.name(), ""), failure));
            }
        } catch (OperationInterruptedException closing) {
            throw closing;
        } catch (CitusTenancyException ofAll) {
            projects.forEach(project -> failures.putIfAbsent(project.key(), ofAll));
        }
    }

    private void validate(ProjectDefinition project) {
        CitusCluster connected = cluster.get();
        connected.getProject(project.database());
        ProvisioningPlan plan = project.request(connected).plan();
        if (!plan.isEmpty()) {
            throw new ConflictException(Failure.of("The project \"" + project.database()
                            + "\" is not what the configuration says. It needs "
                            + plan.steps().size() + (plan.steps().size() == 1 ? " step: " : " steps: ")
                            + inWords(plan))
                    .state("nothing was changed")
                    .fix("start with citus-tenancy.start.mode=create, or change the configuration"));
        }
    }

    /** Omits the SQL and the nodes, which are many lines if a project is missing. */
    private static String inWords(ProvisioningPlan plan) {
        return plan.steps().stream().map(Step::description).distinct().collect(Collectors.joining("; "));
    }

    private void initialize(ProjectDefinition project) {
        ConnectionInfo owner = cluster.connection(project, project.owner());
        for (ProjectInitializer initializer : initializers) {
            try {
                initializer.initialize(project.key(), owner);
            } catch (CitusTenancyException ours) {
                throw ours;
            } catch (RuntimeException failure) {
                throw new ProjectInitializationException(unusable(project, failure), failure);
            }
        }
        initialized.add(project.key());
    }

    private Failure unusable(ProjectDefinition project, RuntimeException failure) {
        Failure unusable = Failure.of("The project \"" + project.key() + "\" cannot be used: "
                + String.valueOf(failure.getMessage()).strip().replaceFirst("\\.$", ""));
        return mode == StartMode.NONE
                ? unusable.fix(
                        "correct what that names; with citus-tenancy.start.mode=none it was not checked whether the "
                                + "database and its users are there")
                : unusable.state("its database and users are ready")
                        .fix("correct what that names, and start the application again");
    }

    private void each(
            List<ProjectDefinition> projects,
            Map<String, CitusTenancyException> failures,
            Consumer<ProjectDefinition> work) {
        threads.each(projects, project -> attempt(project, failures, work));
    }

    private static void attempt(
            ProjectDefinition project, Map<String, CitusTenancyException> failures, Consumer<ProjectDefinition> work) {
        try {
            work.accept(project);
        } catch (CitusTenancyException failure) {
            // The first failure is the cause of later ones.
            failures.putIfAbsent(project.key(), failure);
        }
    }

    private static List<ProjectDefinition> without(
            Map<String, CitusTenancyException> failures, List<ProjectDefinition> projects) {
        return projects.stream()
                .filter(project -> !failures.containsKey(project.key()))
                .toList();
    }
}
