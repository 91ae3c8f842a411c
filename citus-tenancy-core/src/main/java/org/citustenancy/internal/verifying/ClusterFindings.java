package org.citustenancy.internal.verifying;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.topology.Node;

/** Finds databases that are open to users of every project and belong to no project. */
public final class ClusterFindings {

    private ClusterFindings() {}

    /**
     * Returns the cluster's own databases to which PUBLIC may connect.
     *
     * @param open by node
     * @return a finding per node that has such a database
     */
    public static List<Finding> in(Map<Node, Set<String>> open) {
        List<Finding> findings = new ArrayList<>();
        open.forEach((node, databases) -> {
            if (!databases.isEmpty()) {
                findings.add(new Finding(
                        Severity.WARNING,
                        node.toString(),
                        "users of every project may connect to \"" + String.join("\" and \"", databases)
                                + "\", where a session holds up the work on all projects",
                        "CitusCluster.secure() takes that from PUBLIC"));
            }
        });
        return findings;
    }
}
