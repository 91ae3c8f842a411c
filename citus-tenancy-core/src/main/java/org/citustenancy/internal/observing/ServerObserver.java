package org.citustenancy.internal.observing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.ServerQueries;
import org.citustenancy.topology.Node;

/** Observes which servers answer at the addresses of nodes. */
public final class ServerObserver {

    private ServerObserver() {}

    /** Returns the question for the identity of a server. */
    public static Question<ServerIdentity> identity() {
        return Question.of(
                ServerQueries.identity(),
                rows -> new ServerIdentity(
                        rows.get(0).text(ServerQueries.SYSTEM),
                        rows.get(0).text(ServerQueries.TIMELINE),
                        rows.get(0).flag(ServerQueries.IN_RECOVERY)));
    }

    /** Returns the identity of the server of a session. */
    public static ServerIdentity own(Session session) {
        return BatchQueryExecutor.askCoordinator(session, identity());
    }

    /**
     * Observes the servers at addresses as the coordinator reaches them.
     *
     * @param session a session on the coordinator
     * @return the answer of each, or the reason for its absence
     */
    public static Map<Node, NodeReply<ServerIdentity>> at(Session session, Collection<Node> addresses) {
        return BatchQueryExecutor.tryThroughCoordinator(session, List.copyOf(addresses), identity());
    }
}
