package org.citustenancy.internal.backup.dump;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.internal.session.Session;

/**
 * The snapshot that a backup shows: transactions with the same snapshot on the coordinator and on every node that is
 * read.
 */
final class ConsistentSnapshot implements AutoCloseable {

    private final Map<Integer, View> views = new LinkedHashMap<>();
    private final Optional<WriteFence> fence;
    private final Duration waited;
    private final Duration held;

    /**
     * A transaction with the snapshot.
     *
     * @param node the node
     * @param session the transaction
     * @param snapshot the identifier by which other transactions import the snapshot
     */
    record View(ReadNode node, Session session, String snapshot) {}

    /**
     * Creates a snapshot.
     *
     * @param views the transactions, the coordinator's first
     * @param fence the fence that still blocks writers, if the snapshot lasts as long as the backup
     * @param waited how long it took until no transaction wrote
     * @param held how long writers were blocked
     */
    ConsistentSnapshot(List<View> views, Optional<WriteFence> fence, Duration waited, Duration held) {
        views.forEach(view -> this.views.put(view.node().group(), view));
        this.fence = fence;
        this.waited = waited;
        this.held = held;
    }

    View coordinator() {
        return views.values().iterator().next();
    }

    List<View> views() {
        return List.copyOf(views.values());
    }

    /** Returns the transaction of a node that is read. */
    Optional<View> of(int group) {
        return Optional.ofNullable(views.get(group));
    }

    boolean isFenced() {
        return fence.isPresent();
    }

    Duration waited() {
        return waited;
    }

    /** Returns how long writers have been blocked so far. */
    Duration held() {
        return fence.map(WriteFence::held).orElse(held);
    }

    @Override
    public void close() {
        fence.ifPresent(WriteFence::close);
        List<View> all = new ArrayList<>(views.values());
        Collections.reverse(all);
        all.forEach(view -> view.session().close());
    }
}
