package org.citustenancy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.citustenancy.progress.Progress;
import org.citustenancy.progress.ProgressListener;
import org.citustenancy.topology.Topology;
import org.citustenancy.topology.TopologyListener;
import org.citustenancy.users.PasswordListener;
import org.citustenancy.users.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners of a cluster. An exception of a listener is logged: the other listeners are notified, and the operation
 * continues.
 */
final class ClusterListeners {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterListeners.class);

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
        each(ofProgress, listener -> listener.progressed(progress));
    }

    void add(TopologyListener listener) {
        ofTopology.add(listener);
    }

    void passwordChanged(String user, Secret password, List<String> projects) {
        each(ofPasswords, listener -> listener.passwordChanged(user, password, projects));
    }

    /** Queries the nodes only if a listener is registered. */
    void topologyChanged(Supplier<Topology> now) {
        if (!ofTopology.isEmpty()) {
            Topology topology = now.get();
            each(ofTopology, listener -> listener.topologyChanged(topology));
        }
    }

    private static <L> void each(List<L> listeners, Consumer<L> notification) {
        for (L listener : listeners) {
            try {
                notification.accept(listener);
            } catch (RuntimeException failure) {
                LOG.warn("A listener of the cluster failed; the operation goes on", failure);
            }
        }
    }
}
