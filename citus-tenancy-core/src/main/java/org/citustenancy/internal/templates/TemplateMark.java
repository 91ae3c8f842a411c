package org.citustenancy.internal.templates;

import java.util.List;
import org.citustenancy.internal.encoding.Sha256;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** The mark of a template, which shows whether the template is older than its sources. */
final class TemplateMark {

    private static final String SEPARATOR = "\n";

    private TemplateMark() {}

    /**
     * Returns a digest of the contents of the template, and of the nodes and the library version, which copies must
     * match.
     */
    static String of(String fingerprint, Topology topology, Cluster cluster) {
        StringBuilder text = new StringBuilder(fingerprint).append(SEPARATOR).append(cluster.writerVersion());
        for (Node node : topology.nodes()) {
            text.append(SEPARATOR).append(node).append(topology.drained().contains(node));
            topology.secondaries().getOrDefault(node, List.of()).forEach(secondary -> text.append(SEPARATOR)
                    .append(secondary.address()));
        }
        text.append(SEPARATOR).append(topology.coordinatorHoldsShards());
        return Sha256.hex(text.toString());
    }
}
