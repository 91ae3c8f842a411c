package org.citustenancy.internal.provisioning;

import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.rowaccess.ReferenceCopies;
import org.citustenancy.internal.running.CopyRunner;
import org.citustenancy.internal.session.Lane;
import org.citustenancy.internal.session.Session;

/** Copies reference tables. A plan may be about some of the nodes, while Citus notes a copy on all of them. */
final class CopiesOfAllNodes implements CopyRunner {

    private final Cluster cluster;
    private final String project;
    private final Lane lane;

    CopiesOfAllNodes(Cluster cluster, String project, Lane lane) {
        this.cluster = cluster;
        this.project = project;
        this.lane = lane;
    }

    @Override
    public void check(Session admin) {
        copies().check(admin);
    }

    @Override
    public void copy(Session admin) {
        copies().make(admin, cluster.deadline());
    }

    private ReferenceCopies copies() {
        return new ReferenceCopies(
                cluster.sessions(),
                cluster.threads(),
                TopologyReader.read(lane.maintenance(), cluster.requireCitus()),
                project);
    }
}
