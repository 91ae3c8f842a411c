package org.citustenancy.internal.formation;

import org.citustenancy.formation.ClusterFormation;
import org.citustenancy.internal.progress.ProgressReport;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.progress.Activity;
import org.citustenancy.progress.Count;
import org.citustenancy.progress.Progress;
import org.citustenancy.topology.Node;

/** Reports the progress of forming a cluster. */
final class FormationReport {

    private final ProgressReport report;
    private final int servers;
    private int ready;

    FormationReport(Cluster cluster, ClusterFormation formation) {
        this.report = cluster.reports().begin(Activity.FORMATION, cluster.maintenanceDatabase(), formation.listener());
        this.servers = formation.workers().size() + 1;
    }

    /** Reports a server that does not answer yet. */
    void waiting(Node node, String reason) {
        reached("wait for the " + node + ": " + reason);
    }

    void stepEnded(StepOutcome outcome) {
        reached(outcome.step().description());
    }

    /** Reports the number of servers that are part of the cluster. */
    synchronized void ready(int number) {
        ready = number;
    }

    void done() {
        ready(servers);
        reached(Progress.DONE);
    }

    private synchronized void reached(String phase) {
        report.reached(phase, new Count(ready, servers, "servers"));
    }
}
