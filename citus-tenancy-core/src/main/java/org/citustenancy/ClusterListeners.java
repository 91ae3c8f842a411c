package org.citustenancy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.citustenancy.progress.Progress;
import org.citustenancy.progress.ProgressListener;
import org.citustenancy.topology.Topology;
import org.citustenancy.topology.TopologyListener;
import org.citustenancy.users.PasswordListener;
import org.citustenancy.users.Secret;

/** The listeners of a cluster. */
final class ClusterListeners {

    private final List<PasswordListener> ofPasswords = new CopyOnWriteArrayList<>();
    private final List<ProgressListener> ofProgress = new CopyOnWriteArrayList<>();
    private final List<TopologyListener> ofTopology = new CopyOnWriteArrayList<>();

    void add(PasswordListener listener) {
        ofPasswords.add(listener);
    }

    void report(ProgressListener listener) {
        ofProgress.add(listener);
    }

    void progressed(Progress progress) {
        ofProgress.forEach(listener -> listener.progressed(progress));
    }

    void add(TopologyListener listener) {
        ofTopology.add(listener);
    }

    void passwordChanged(String user, Secret password, List<String> projects) {
        ofPasswords.forEach(listener -> listener.passwordChanged(user, password, projects));
    }

    /** The nodes are asked only if there is a listener. */
    void topologyChanged(Supplier<Topology> now) {
        if (!ofTopology.isEmpty()) {
            Topology topology = now.get();
            ofTopology.forEach(listener -> listener.topologyChanged(topology));
        }
    }
}
