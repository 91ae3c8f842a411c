package org.citustenancy.internal.provisioning;

import java.util.List;
import org.citustenancy.internal.observing.OpenDatabases;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.ClosingPlanner;
import org.citustenancy.internal.planning.PlanPrinter;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Topology;

/** Keeps the projects' users out of the maintenance database and {@code template1}, on every node. */
public final class ClusterDatabases {

    private final Cluster cluster;

    /** Creates a check of the databases of a cluster that belong to no project. */
    public ClusterDatabases(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Returns the steps that {@link #close} would run now. Changes nothing. */
    public ProvisioningPlan plan() {
        String database = cluster.maintenanceDatabase();
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), database, cluster.deadline())) {
            Topology topology = TopologyReader.read(sessions.maintenance(), cluster.requireCitus());
            return PlanPrinter.show(database, database, steps(sessions, topology));
        }
    }

    /** Closes the databases that are open. */
    public List<StepOutcome> close() {
        String database = cluster.maintenanceDatabase();
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), database, cluster.deadline());
                AdvisoryLock shared = AdvisoryLock.onGlobalObjects(sessions.maintenance())) {
            Topology topology = TopologyReader.read(sessions.maintenance(), cluster.requireCitus());
            return new ProjectContext(cluster, topology, sessions, database)
                    .executionOf(steps(sessions, topology))
                    .runProjectStages();
        }
    }

    private List<PlannedStep> steps(ProjectSessions sessions, Topology topology) {
        return ClosingPlanner.close(OpenDatabases.on(sessions.maintenance(), topology, cluster.maintenanceDatabase()));
    }
}
