package org.citustenancy.internal.backup.restore;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RestoreStatements;
import org.citustenancy.internal.sql.SnapshotStatements;
import org.citustenancy.topology.Node;

/** Holds the sessions of one writer: on the coordinator, and on every other node that is reached directly. */
final class WriterSessions implements AutoCloseable {

    private final Session coordinator;
    private final Map<Node, Optional<Session>> others = new HashMap<>();

    /** Creates the sessions with one on the coordinator, which belongs to this object from now on. */
    WriterSessions(Session coordinator) {
        this.coordinator = coordinator;
        prepare(coordinator);
        // Several writers run at a time, and a file has the rows of one shard after those of another.
        coordinator.fetch(RestoreStatements.connections(1));
    }

    Session coordinator() {
        return coordinator;
    }

    /** Returns a session on the node of a shard. */
    Optional<Session> at(ShardPlaces.Place place) {
        return place.node().isPresent()
                ? others.computeIfAbsent(place.node().get(), this::open)
                : Optional.of(coordinator);
    }

    /** Opens a session. It is tried once, because each attempt may take some time. */
    private Optional<Session> open(Node node) {
        Optional<Session> session =
                Optional.ofNullable(coordinator.toWorkers(Set.of(node)).get(node));
        session.ifPresent(WriterSessions::prepare);
        return session;
    }

    private static void prepare(Session session) {
        session.fetch(SnapshotStatements.portableValues());
    }

    /** Closes the sessions. Closing the coordinator session also closes those on other nodes. */
    @Override
    public void close() {
        coordinator.close();
    }
}
