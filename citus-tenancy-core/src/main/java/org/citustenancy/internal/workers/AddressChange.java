package org.citustenancy.internal.workers;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.session.Session;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** A new address of one node, which every database gets. */
interface AddressChange {

    /** Returns the node at its new address. */
    Node moved();

    /**
     * Returns the node at the address that one database lists, and that it is to lose. Transactions that were open on a
     * failed server there cannot commit.
     *
     * @param session a session in that database on the coordinator
     * @return absent if no transaction depends on the server there: the sessions of clients ended with a coordinator
     */
    Optional<Node> former(Topology topology, Session session);

    /**
     * Refuses a server at the new address that is not the node, or that does not accept writes.
     *
     * @param maintenance a session in the maintenance database of the coordinator
     */
    void check(Session maintenance, Topology topology);

    /** Returns the nodes whose server is saved as known even if another one is known. */
    default Collection<Node> accepts(Topology topology) {
        return List.of();
    }

    /**
     * Returns the steps for one database, none if it has the new address already.
     *
     * @param session a session in that database on the coordinator
     */
    List<PlannedStep> steps(Topology topology, Session session);
}
