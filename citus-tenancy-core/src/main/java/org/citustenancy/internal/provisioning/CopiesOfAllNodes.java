package org.citustenancy.internal.provisioning;

import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.rowaccess.FunctionBodies;
import org.citustenancy.internal.rowaccess.ReferenceCopies;
import org.citustenancy.internal.running.CopyRunner;
import org.citustenancy.internal.session.Session;
import org.citustenancy.topology.Topology;

/**
 * Copies reference tables and restores functions on all nodes. A plan may cover only some nodes, but Citus registers a
 * copy on all of them.
 */
final class CopiesOfAllNodes implements CopyRunner {

    private final ProjectContext context;

    CopiesOfAllNodes(ProjectContext context) {
        this.context = context;
    }

    @Override
    public void check(Session admin) {
        copies().check(admin);
    }

    @Override
    public void copy(Session admin) {
        copies().make(admin, context.cluster().deadline());
    }

    @Override
    public void restoreFunctions(Session admin) {
        Cluster cluster = context.cluster();
        new FunctionBodies(cluster.sessions(), cluster.threads(), allNodes(), context.project())
                .restore(admin, cluster.deadline());
    }

    private ReferenceCopies copies() {
        Cluster cluster = context.cluster();
        return new ReferenceCopies(cluster.sessions(), cluster.threads(), allNodes(), context.project());
    }

    private Topology allNodes() {
        return TopologyReader.read(
                context.sessions().maintenance(), context.cluster().requireCitus());
    }
}
