package org.citustenancy.statistics.activity;

import java.time.Duration;
import org.citustenancy.topology.Node;

/**
 * A statement and what it has cost on one node since its statistics were last reset there. On a worker it is what Citus
 * made of a statement for one shard.
 *
 * @param node the node
 * @param database where it ran
 * @param user who ran it
 * @param statement its text, with values left out
 * @param calls how often it ran
 * @param rows how many rows it gave or changed, all runs together
 * @param total how long it ran, all runs together
 */
public record StatementFigures(
        Node node, String database, String user, String statement, long calls, long rows, Duration total) {

    /**
     * How long one run took on average.
     *
     * @return the time
     */
    public Duration mean() {
        return calls == 0 ? Duration.ZERO : total.dividedBy(calls);
    }
}
