package org.citustenancy.internal.backup.restore;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RestoreStatements;
import org.citustenancy.internal.sql.SnapshotStatements;
import org.citustenancy.topology.Node;

/** The sessions of one writer: on the coordinator, and on every other node to which there is a way past it. */
final class WriterSessions implements AutoCloseable {

    private final Session coordinator;
    private final Map<Node, Optional<Session>> others = new HashMap<>();

    /** With a session on the coordinator, which belongs to them from now on. */
    WriterSessions(Session coordinator) {
        this.coordinator = coordinator;
        prepare(coordinator);
        // Several writers work at a time, and a file has the rows of one shard after those of another.
        coordinator.fetch(RestoreStatements.connections(1));
    }

    Session coordinator() {
        return coordinator;
    }

    /** A session where a shard lies. */
    Optional<Session> at(ShardPlaces.Place place) {
        return place.node().isPresent()
                ? others.computeIfAbsent(place.node().get(), this::open)
                : Optional.of(coordinator);
    }

    /** It is tried once: each attempt may take a while. */
    private Optional<Session> open(Node node) {
        Optional<Session> session =
                Optional.ofNullable(coordinator.toWorkers(Set.of(node)).get(node));
        session.ifPresent(WriterSessions::prepare);
        return session;
    }

    private static void prepare(Session session) {
        session.fetch(SnapshotStatements.portableValues());
    }

    /** Those on other nodes end with the one on the coordinator. */
    @Override
    public void close() {
        coordinator.close();
    }
}
