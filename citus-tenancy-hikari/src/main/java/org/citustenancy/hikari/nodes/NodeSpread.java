package org.citustenancy.hikari.nodes;

/** The nodes over which the connections of a project's pool are distributed. Citus executes queries on every node. */
public enum NodeSpread {
    /** All connections are on the coordinator. */
    COORDINATOR,
    /** Connections are on the coordinator and on the workers. A node that is down is skipped until it is up again. */
    ANY_NODE
}
