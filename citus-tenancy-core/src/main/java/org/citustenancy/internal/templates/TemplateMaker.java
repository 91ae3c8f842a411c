package org.citustenancy.internal.templates;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.EmptyTemplateObserver;
import org.citustenancy.internal.observing.ProjectObserver;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.observing.SeenOutside;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.TemplateSealing;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.NameAvailability;
import org.citustenancy.internal.provisioning.ProjectContext;
import org.citustenancy.internal.provisioning.ProjectProvisioner;
import org.citustenancy.internal.provisioning.ProjectRemover;
import org.citustenancy.internal.provisioning.Provisioned;
import org.citustenancy.internal.provisioning.ProvisioningMode;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Ensures that a template exists and is up to date. */
public final class TemplateMaker {

    /** The time that other callers wait for a template while the caller's code fills it. */
    private static final Duration LONGEST_PREPARATION = Duration.ofHours(2);

    private final Cluster cluster;
    private final DesiredProject desired;
    private final String fingerprint;

    /**
     * Creates a maker of one template.
     *
     * @param desired the template as a project, with its users
     * @param fingerprint changes whenever the contents of the template do
     */
    public TemplateMaker(Cluster cluster, DesiredProject desired, String fingerprint) {
        this.cluster = cluster;
        this.desired = desired;
        this.fingerprint = fingerprint;
    }

    /**
     * Creates the template, unless it exists and is up to date.
     *
     * @param preparation fills it
     */
    public void ensure(Consumer<Provisioned> preparation) {
        String name = desired.name();
        try (Session maintenance = cluster.sessions().maintenance(Deadline.in(LONGEST_PREPARATION))) {
            cluster.registry(maintenance).ensure();
            try (AdvisoryLock filling = AdvisoryLock.onFilling(maintenance, name)) {
                Topology topology = TopologyReader.read(maintenance, cluster.requireCitus());
                Optional<ProjectState> state =
                        cluster.registry(maintenance).find(name).map(ProjectRegistry.Entry::state);
                if (state.equals(Optional.of(ProjectState.SEALED))) {
                    if (isUsable(topology)) {
                        return;
                    }
                    new ProjectRemover(cluster).drop(name, false);
                }
                NameAvailability.ensure(cluster, maintenance, name, ProjectState.PREPARING);
                make(topology, preparation);
            }
        }
    }

    private boolean isUsable(Topology topology) {
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), desired.name(), cluster.deadline())) {
            Question<SeenOutside> look = new ProjectObserver(topology)
                    .outside(desired, desired.name(), TemplateMark.of(fingerprint, topology, cluster));
            return BatchQueryExecutor.ask(sessions.maintenance(), topology, look).values().stream()
                    .allMatch(there -> there.state().original().isPresent());
        }
    }

    private void make(Topology topology, Consumer<Provisioned> preparation) {
        String name = desired.name();
        ProjectProvisioner provisioner = new ProjectProvisioner(cluster, ProvisioningMode.TEMPLATE);
        Provisioned project = provisioner.create(desired, StepListener.NONE);
        try {
            preparation.accept(project);
        } catch (RuntimeException failure) {
            dropAfter(failure);
            throw failure;
        }
        // The tables on which grants wait exist now.
        provisioner.create(DesiredProject.named(name), StepListener.NONE);
        seal(topology);
    }

    private void dropAfter(RuntimeException failure) {
        try {
            new ProjectRemover(cluster).drop(desired.name(), false);
        } catch (CitusTenancyException second) {
            failure.addSuppressed(second);
        }
    }

    private void seal(Topology topology) {
        String name = desired.name();
        Deadline deadline = cluster.deadline();
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), name, deadline);
                AdvisoryLock lock = AdvisoryLock.onProject(sessions.maintenance(), name)) {
            refuseChangedNodes(topology, TopologyReader.read(sessions.maintenance(), cluster.requireCitus()));
            Map<Node, String> versions = new LinkedHashMap<>();
            EmptyTemplateObserver.observe(sessions.maintenance(), topology)
                    .forEach((node, there) -> versions.put(node, there.version()));
            TemplateSealing sealing = new TemplateSealing(name, topology);
            run(topology, sealing.inside(), sessions);
            run(topology, sealing.shut(TemplateMark.of(fingerprint, topology, cluster), versions), sessions);
            cluster.registry(sessions.maintenance()).mark(name, ProjectState.SEALED);
        }
    }

    private void refuseChangedNodes(Topology before, Topology now) {
        if (!before.equals(now)) {
            throw new ConflictException(Failure.of("The cluster's nodes have changed while the template \""
                            + desired.name() + "\" was being filled")
                    .state("it is filled, and not sealed")
                    .fix("ask for it again; it is created again"));
        }
    }

    private void run(Topology topology, List<PlannedStep> steps, ProjectSessions sessions) {
        new ProjectContext(cluster, topology, sessions, desired.name()).run(steps);
    }
}
