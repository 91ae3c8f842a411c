package org.citustenancy.statistics;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.citustenancy.topology.Node;

/**
 * A project's database on one node.
 *
 * @param node the node
 * @param size its size on disk in bytes; absent if the querying role may not see it
 * @param connectionLimit the maximum number of sessions there; absent without a limit
 * @param sessions the client sessions in it
 * @param counters the node's counters for it
 */
public record ProjectOnNode(
        Node node,
        OptionalLong size,
        OptionalInt connectionLimit,
        ClientSessions sessions,
        Optional<DatabaseCounters> counters) {}
