package org.citustenancy.internal.cloning;

import org.citustenancy.cloning.CloneOptions;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.capacity.RoomForProject;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.observing.CloneSource;
import org.citustenancy.internal.observing.ObservedProject;
import org.citustenancy.internal.observing.ProjectObserver;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.SourceClosing;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.InterruptedChangeRecovery;
import org.citustenancy.internal.provisioning.MaintenanceDatabaseCheck;
import org.citustenancy.internal.provisioning.NameAvailability;
import org.citustenancy.internal.provisioning.ProjectProvisioner;
import org.citustenancy.internal.provisioning.Provisioned;
import org.citustenancy.internal.provisioning.ProvisioningMode;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.rowaccess.OrphanedRoles;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.WorkerStatements;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.topology.Topology;

/** Clones a project with all its contents, on all nodes at once. */
public final class ProjectCloner {

    private final Cluster cluster;
    private final String source;
    private final CloneOptions options;

    /** Creates a cloner of one project. */
    public ProjectCloner(Cluster cluster, String source, CloneOptions options) {
        this.cluster = cluster;
        this.source = source;
        this.options = options;
    }

    /**
     * Clones the project.
     *
     * @param name the clone's name
     * @param listener is notified of each step
     * @return the clone, after every node was verified
     */
    public Provisioned cloneTo(String name, StepListener listener) {
        Deadline deadline = cluster.deadline();
        return RoomForProject.awaiting(
                deadline, cluster.sessions()::maintenance, () -> cloneTo(name, listener, deadline));
    }

    private Provisioned cloneTo(String name, StepListener listener, Deadline deadline) {
        try (Session maintenance = cluster.sessions().maintenance(deadline)) {
            Topology topology = TopologyReader.read(maintenance, cluster.requireCitus());
            cluster.registry(maintenance).ensure();
            try (AdvisoryLock filling = AdvisoryLock.onFilling(maintenance, name);
                    AdvisoryLock two = AdvisoryLock.onTwoProjects(maintenance)) {
                // A process that is killed while the source is closed leaves it closed.
                new InterruptedChangeRecovery(cluster).finish(maintenance, source);
                try (AdvisoryLock lock = AdvisoryLock.onProject(maintenance, source)) {
                    ProjectRegistry registry = cluster.registry(maintenance);
                    DesiredProject desired = ready(registry.require(source));
                    // Not earlier, because two operations could each hold the project that the other one wants to
                    // create.
                    NameAvailability.ensure(cluster, maintenance, name, ProjectState.CLONING);
                    if (cluster.requireCapacity()) {
                        RoomForProject.check(name, maintenance, topology, registry);
                    }
                    return cloneTo(topology, desired.called(name), listener, deadline);
                }
            }
        }
    }

    private DesiredProject ready(ProjectRegistry.Entry entry) {
        if (entry.state() != ProjectState.READY) {
            throw new ConflictException(Failure.of(
                            "The project \"" + source + "\" is " + entry.state().word() + " and cannot be cloned now")
                    .state("nothing was touched")
                    .fix("finish first what was begun with it"));
        }
        return entry.desired();
    }

    private Provisioned cloneTo(Topology topology, DesiredProject desired, StepListener listener, Deadline deadline) {
        new MaintenanceDatabaseCheck(cluster).refuseRegistry(source);
        ObservedProject observed = observe(topology, desired.called(source), deadline);
        CloneSource cloned = new CloneSource(source, true, observed);
        SourceClosing closing = new SourceClosing(source, topology, observed);
        try (ClosedSource closed =
                ClosedSource.close(cluster, topology, source, closing, options.endSessions(), deadline)) {
            return new ProjectProvisioner(cluster, ProvisioningMode.CLONE, cloned).create(desired, listener);
        }
    }

    private ObservedProject observe(Topology topology, DesiredProject desired, Deadline deadline) {
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), source, deadline)) {
            ObservedProject observed = new ProjectObserver(topology).observe(sessions, desired);
            topology.nodes().forEach(node -> {
                if (observed.on(node).contents().isEmpty()) {
                    throw new ConflictException(Failure.of("The project \"" + source
                                    + "\" is not complete: no user may connect to it on " + node)
                            .state("nothing was touched")
                            .fix("call repair() on it first"));
                }
            });
            OrphanedRoles rowRoles = new OrphanedRoles(topology, source);
            // Otherwise the clone would have the role's password, and no operation would remove it there.
            rowRoles.remove(sessions, cluster.threads());
            if (topology.citus()
                    && (rowRoles.areRowsMoving(sessions.maintenance())
                            || !sessions.project()
                                    .fetch(WorkerStatements.movingNow())
                                    .isEmpty())) {
                throw new ConflictException(Failure.of("Rows of the project \"" + source + "\" are being moved")
                        .where(sessions.project().place())
                        .state("nothing was touched")
                        .fix("wait until that has ended, or cancel it"));
            }
            return observed;
        }
    }
}
