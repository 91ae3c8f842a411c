package org.citustenancy.internal.provisioning;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.internal.capacity.RoomForProject;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.observing.CloneSource;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.PlanPrinter;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.topology.Topology;

/**
 * Reconciles one project with its desired state, under the project's lock. Each attempt observes and plans again, so it
 * continues where the previous one stopped.
 */
public final class ProjectProvisioner {

    private final Cluster cluster;
    private final UnaryOperator<Topology> scope;
    private final ProvisioningMode mode;
    private final Optional<CloneSource> source;

    /**
     * Creates a provisioner of projects on a cluster.
     *
     * @param mode the states of the project that it accepts, and the state that it sets
     */
    public ProjectProvisioner(Cluster cluster, ProvisioningMode mode) {
        this(cluster, UnaryOperator.identity(), mode, Optional.empty());
    }

    /** Creates a provisioner of projects on some of a cluster's nodes. */
    public ProjectProvisioner(Cluster cluster, UnaryOperator<Topology> scope) {
        this(cluster, scope, ProvisioningMode.REPAIR, Optional.empty());
    }

    /**
     * Creates a provisioner of a clone.
     *
     * @param mode the states of the project that it accepts, and the state that it sets
     */
    public ProjectProvisioner(Cluster cluster, ProvisioningMode mode, CloneSource source) {
        this(cluster, UnaryOperator.identity(), mode, Optional.of(source));
    }

    private ProjectProvisioner(
            Cluster cluster, UnaryOperator<Topology> scope, ProvisioningMode mode, Optional<CloneSource> source) {
        this.cluster = cluster;
        this.scope = scope;
        this.mode = mode;
        this.source = source;
    }

    /**
     * Returns the steps that {@link #create} would run now. Changes nothing.
     *
     * @param request the desired state
     */
    public ProvisioningPlan plan(DesiredProject request) {
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), request.name(), cluster.deadline())) {
            Reconciliation reconciliation = new Reconciliation(request, mode, source, StepListener.NONE);
            List<PlannedStep> steps = newAttempt(reconciliation, sessions).plan();
            return PlanPrinter.show(request.name(), cluster.maintenanceDatabase(), steps);
        }
    }

    /**
     * Reconciles the project with the request. Changes nothing that matches already.
     *
     * @param request the desired state
     * @param listener is notified of each step
     * @return the result, after every node was verified
     */
    public Provisioned create(DesiredProject request, StepListener listener) {
        Deadline deadline = cluster.deadline();
        return RoomForProject.awaiting(
                deadline, cluster.sessions()::maintenance, () -> create(request, listener, deadline));
    }

    private Provisioned create(DesiredProject request, StepListener listener, Deadline deadline) {
        Reconciliation reconciliation = new Reconciliation(request, mode, source, listener);
        ConflictRetry conflicts = ConflictRetry.ofCreation();
        while (true) {
            try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), request.name(), deadline)) {
                ReconcileAttempt attempt = newAttempt(reconciliation, sessions);
                cluster.registry(sessions.maintenance()).ensure();
                try (AdvisoryLock lock = AdvisoryLock.onProject(sessions.maintenance(), request.name())) {
                    return attempt.reconcile(deadline);
                } catch (CredentialPendingException pending) {
                    reconciliation.await(pending, sessions.maintenance());
                } catch (PasswordChanged changed) {
                    reconciliation.settle(changed);
                }
            } catch (StepFailedException failure) {
                conflicts.orThrow(failure);
            }
        }
    }

    private ReconcileAttempt newAttempt(Reconciliation reconciliation, ProjectSessions sessions) {
        Topology all = TopologyReader.read(sessions.maintenance(), cluster.requireCitus());
        Topology topology = scope.apply(all);
        String project = reconciliation.request().name();
        ProjectContext context = new ProjectContext(cluster, topology, sessions, project, reconciliation.listener());
        return new ReconcileAttempt(context, reconciliation, topology.equals(all));
    }
}
