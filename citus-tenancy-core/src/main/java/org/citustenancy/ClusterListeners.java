package org.citustenancy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.citustenancy.topology.Topology;
import org.citustenancy.topology.TopologyListener;
import org.citustenancy.users.PasswordListener;
import org.citustenancy.users.Secret;

/** Who wants to be told what was done to a cluster. */
final class ClusterListeners {

    private final List<PasswordListener> ofPasswords = new CopyOnWriteArrayList<>();
    private final List<TopologyListener> ofTopology = new CopyOnWriteArrayList<>();

    void add(PasswordListener listener) {
        ofPasswords.add(listener);
    }

    void add(TopologyListener listener) {
        ofTopology.add(listener);
    }

    void passwordChanged(String user, Secret password, List<String> projects) {
        ofPasswords.forEach(listener -> listener.passwordChanged(user, password, projects));
    }

    /** The nodes are asked only if somebody wants to know. */
    void topologyChanged(Supplier<Topology> now) {
        if (!ofTopology.isEmpty()) {
            Topology topology = now.get();
            ofTopology.forEach(listener -> listener.topologyChanged(topology));
        }
    }
}
