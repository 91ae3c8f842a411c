package org.citustenancy.tables;

/** How a table lies on the nodes. */
public enum TableKind {
    /** Its rows are in shards, by a column, over all nodes that hold shards. */
    DISTRIBUTED,
    /** Every node has all of it. */
    REFERENCE,
    /** It is in a distributed schema, whole on one node. */
    SCHEMA,
    /** Only the coordinator has it. */
    LOCAL
}
