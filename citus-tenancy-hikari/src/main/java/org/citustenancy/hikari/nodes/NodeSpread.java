package org.citustenancy.hikari.nodes;

/** Over which nodes the connections of a project's pool spread. Citus answers queries on every node. */
public enum NodeSpread {
    /** All are on the coordinator. */
    COORDINATOR,
    /** They are on the coordinator and on the workers; a node that is down is left out until it is back. */
    ANY_NODE
}
