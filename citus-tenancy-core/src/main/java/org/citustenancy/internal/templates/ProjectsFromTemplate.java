package org.citustenancy.internal.templates;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.capacity.Processes;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.IncompleteException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.capacity.RoomForProject;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.ObservedProject;
import org.citustenancy.internal.observing.ProjectObserver;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.observing.SeenOutside;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.PlanningContext;
import org.citustenancy.internal.planning.ProjectPlanner;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.NameAvailability;
import org.citustenancy.internal.provisioning.PlanExecution;
import org.citustenancy.internal.provisioning.ProjectContext;
import org.citustenancy.internal.provisioning.Provisioned;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/**
 * Creates projects from a template. The library verified the contents when it sealed the template, and PostgreSQL
 * copies them file by file. So it verifies only the outside of the new project, without a session in its database.
 */
public final class ProjectsFromTemplate {

    private final Cluster cluster;
    private final String template;
    private final String fingerprint;

    /**
     * Creates the projects from one template.
     *
     * @param fingerprint the fingerprint of the template's contents
     */
    public ProjectsFromTemplate(Cluster cluster, String template, String fingerprint) {
        this.cluster = cluster;
        this.template = template;
        this.fingerprint = fingerprint;
    }

    /**
     * Creates a project.
     *
     * @param listener is notified of each step
     * @return the project, after every node was verified
     */
    public Provisioned create(String name, StepListener listener) {
        Deadline deadline = cluster.deadline();
        return RoomForProject.awaiting(
                deadline, cluster.sessions()::maintenance, () -> create(name, listener, deadline));
    }

    private Provisioned create(String name, StepListener listener, Deadline deadline) {
        long begun = System.nanoTime();
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), name, deadline)) {
            Session maintenance = sessions.maintenance();
            ProjectRegistry registry = cluster.registry(maintenance);
            registry.ensure();
            AdvisoryLock.onFillingFromTemplate(maintenance, name, template);
            Map<String, ProjectRegistry.Entry> known = registry.find(List.of(template, name));
            ProjectRegistry.Entry original =
                    Optional.ofNullable(known.get(template)).orElseThrow(() -> registry.notManaged(template));
            DesiredProject desired = sealed(original).called(name);
            NameAvailability.ensureNoProject(
                    cluster, name, Optional.ofNullable(known.get(name)), ProjectState.CLONING, maintenance.place());
            Topology topology = TopologyReader.read(maintenance, cluster.requireCitus());
            AdvisoryLock.onProject(maintenance, name).untilTheSessionEnds();
            List<StepOutcome> outcomes = make(desired, topology, sessions, listener);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            return new Provisioned(desired, new ProvisioningResult(name, outcomes, List.of(), took), Map.of());
        }
    }

    private DesiredProject sealed(ProjectRegistry.Entry entry) {
        if (entry.state() != ProjectState.SEALED) {
            throw new ConflictException(Failure.of("The project \"" + template + "\" is "
                            + entry.state().word() + " and no template")
                    .state("nothing was changed")
                    .fix("ask the cluster for the template again, which makes it"));
        }
        return entry.desired();
    }

    private List<StepOutcome> make(
            DesiredProject desired, Topology topology, ProjectSessions sessions, StepListener listener) {
        ProjectRegistry registry = cluster.registry(sessions.maintenance());
        String mark = TemplateMark.of(fingerprint, topology, cluster);
        Question<SeenOutside> look = new ProjectObserver(topology).outside(desired, template, mark);
        PlanningContext before =
                new PlanningContext(desired, lookWithRoom(look, desired, topology, sessions), topology);
        refuseTaken(before);
        refuseOld(before);
        List<PlannedStep> steps = new ProjectPlanner().planOutside(before);
        registry.save(desired, ProjectState.CLONING, Set.of());
        PlanExecution execution =
                new ProjectContext(cluster, topology, sessions, desired.name(), listener).executionOf(steps);
        if (steps.stream().anyMatch(step -> step.stage().isGlobal())) {
            try (AdvisoryLock shared = AdvisoryLock.onGlobalObjects(sessions.maintenance())) {
                execution.runGlobalStages();
            }
        }
        List<StepOutcome> outcomes = execution.runProjectStages();
        PlanningContext after = new PlanningContext(desired, look(look, sessions.maintenance(), topology), topology);
        refuseIncomplete(new ProjectPlanner().planOutside(after), desired);
        registry.mark(desired.name(), ProjectState.READY);
        return outcomes;
    }

    private ObservedProject lookWithRoom(
            Question<SeenOutside> look, DesiredProject desired, Topology topology, ProjectSessions sessions) {
        Session maintenance = sessions.maintenance();
        if (!cluster.requireCapacity() || !topology.citus()) {
            return look(look, maintenance, topology);
        }
        ProjectRegistry registry = cluster.registry(maintenance);
        Question<SeenWithRoom> both =
                look.and(RoomForProject.processes(maintenance, topology, registry), SeenWithRoom::new);
        Map<Node, SeenOutside> seen = new LinkedHashMap<>();
        Map<Node, Processes> room = new LinkedHashMap<>();
        BatchQueryExecutor.ask(maintenance, topology, both).forEach((node, there) -> {
            seen.put(node, there.seen());
            room.put(node, there.room());
        });
        RoomForProject.check(room, desired.name(), maintenance, topology, registry);
        return SeenOutside.together(seen);
    }

    private record SeenWithRoom(SeenOutside seen, Processes room) {}

    private static ObservedProject look(Question<SeenOutside> look, Session maintenance, Topology topology) {
        return SeenOutside.together(BatchQueryExecutor.ask(maintenance, topology, look));
    }

    private static void refuseTaken(PlanningContext context) {
        context.observed().nodes().forEach((node, state) -> {
            if (state.database().isPresent()) {
                throw NameAvailability.taken(
                        context.desired().name(), Place.unknown().on(node));
            }
        });
    }

    private void refuseOld(PlanningContext context) {
        context.observed().nodes().forEach((node, state) -> {
            if (state.original().isEmpty()) {
                throw new ConflictException(
                        Failure.of("The template \"" + template + "\" is not what it was made for, or not there")
                                .where(Place.unknown().on(node))
                                .state("nothing was changed")
                                .fix("ask the cluster for the template again, which creates it again"));
            }
        });
    }

    private static void refuseIncomplete(List<PlannedStep> left, DesiredProject desired) {
        if (!left.isEmpty()) {
            PlannedStep first = left.get(0);
            throw new IncompleteException(Failure.of("All steps ran, and yet is still to be done: "
                            + first.description() + " on " + first.node())
                    .where(Place.unknown().in(desired.name()))
                    .state("the project, which is not marked as ready")
                    .fix("see whether another process changes it at the same time, and make it again"));
        }
    }
}
