package org.citustenancy.internal.provisioning;

import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.rowaccess.FunctionBodies;
import org.citustenancy.internal.rowaccess.ReferenceCopies;
import org.citustenancy.internal.running.CopyRunner;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.topology.Topology;

/**
 * Copies reference tables and restores functions. A plan may be about some of the nodes, while Citus notes a copy on all of
 * them.
 */
final class CopiesOfAllNodes implements CopyRunner {

    private final Cluster cluster;
    private final String project;
    private final ProjectSessions sessions;

    CopiesOfAllNodes(Cluster cluster, String project, ProjectSessions sessions) {
        this.cluster = cluster;
        this.project = project;
        this.sessions = sessions;
    }

    @Override
    public void check(Session admin) {
        copies().check(admin);
    }

    @Override
    public void copy(Session admin) {
        copies().make(admin, cluster.deadline());
    }

    @Override
    public void restoreFunctions(Session admin) {
        new FunctionBodies(cluster.sessions(), cluster.threads(), topology(), project)
                .restore(admin, cluster.deadline());
    }

    private ReferenceCopies copies() {
        return new ReferenceCopies(cluster.sessions(), cluster.threads(), topology(), project);
    }

    private Topology topology() {
        return TopologyReader.read(sessions.maintenance(), cluster.requireCitus());
    }
}
