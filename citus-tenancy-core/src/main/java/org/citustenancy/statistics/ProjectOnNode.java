package org.citustenancy.statistics;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.citustenancy.topology.Node;

/**
 * A project's database on one node.
 *
 * @param node the node
 * @param size its bytes on disk; absent if the one who asked may not see it
 * @param connectionLimit how many sessions it may have there; absent without a limit
 * @param sessions the clients' sessions in it
 * @param counters what the node has counted for it
 */
public record ProjectOnNode(
        Node node,
        OptionalLong size,
        OptionalInt connectionLimit,
        ClientSessions sessions,
        Optional<DatabaseCounters> counters) {}
