package org.citustenancy.hikari.internal.connections;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.citustenancy.hikari.internal.nodes.NodeProbe;
import org.jspecify.annotations.Nullable;

/** Selects the node on which the next connection is opened. */
final class Route {

    private volatile List<Target> targets;

    Route(List<Target> targets) {
        this.targets = List.copyOf(targets);
    }

    List<Target> targets() {
        return targets;
    }

    void lead(List<Target> elsewhere) {
        targets = List.copyOf(elsewhere);
    }

    boolean leadsTo(Target target) {
        return targets.contains(target);
    }

    /** Opens something on a target. */
    @FunctionalInterface
    interface Opening<T> {
        T on(Target target) throws SQLException;
    }

    /** Tries the nodes that are up, by ascending number of connections, and then the nodes that are marked as down. */
    <T> T open(ToLongFunction<Target> connections, Opening<T> opening) throws SQLException {
        List<Target> now = targets;
        if (now.size() == 1) {
            return opening.on(now.get(0));
        }
        List<Target> inOrder = now.stream()
                .sorted(Comparator.comparing(Target::isDown).thenComparingLong(connections))
                .toList();
        @Nullable SQLException failure = null;
        for (Target target : inOrder) {
            try {
                return opening.on(target);
            } catch (SQLException another) {
                if (NodeProbe.isNodeFailure(another)) {
                    target.failed(another);
                } else if (target.replication().isEmpty() && !isNotThereYet(another)) {
                    // A standby may not know a new user, password or limit yet.
                    throw another;
                }
                if (failure == null) {
                    failure = another;
                } else {
                    failure.addSuppressed(another);
                }
            }
        }
        throw failure == null ? new SQLException("There is no node to connect to") : failure;
    }

    /** A new worker may lack the project's database or its grants. */
    private static boolean isNotThereYet(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.equals("3D000") || state.equals("42501");
    }
}
