package org.citustenancy.statistics.activity;

import java.time.Duration;
import org.citustenancy.topology.Node;

/**
 * A statement and its cost on one node since the statistics were last reset there. On a worker, the statement is the
 * one that Citus created for one shard.
 *
 * @param node the node
 * @param database the database in which it ran
 * @param user the user who ran it
 * @param statement its text, without constant values
 * @param calls the number of runs
 * @param rows the number of rows that all runs returned or changed
 * @param total the total time of all runs
 */
public record StatementFigures(
        Node node, String database, String user, String statement, long calls, long rows, Duration total) {

    /**
     * Returns the average time of a run.
     *
     * @return the time
     */
    public Duration mean() {
        return calls == 0 ? Duration.ZERO : total.dividedBy(calls);
    }
}
