package org.citustenancy.tables;

/** The distribution of a table over the nodes. */
public enum TableKind {
    /** Distributed by a column: its rows are in shards on all nodes that hold shards. */
    DISTRIBUTED,
    /** Reference table: every node has a full copy. */
    REFERENCE,
    /** Part of a distributed schema: the whole table is on one node. */
    SCHEMA,
    /** Local: only the coordinator has the table. */
    LOCAL
}
