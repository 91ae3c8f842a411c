package org.citustenancy.plan;

/**
 * The options of a repair.
 *
 * <pre>{@code
 * app.repair(RepairOptions::acceptingLoss);
 * }</pre>
 *
 * @param acceptLoss whether a node that has lost the project's database gets an empty one, although no other node has
 *     its rows
 * @param distributeTables whether the tables are distributed as the project's rules say
 */
public record RepairOptions(boolean acceptLoss, boolean distributeTables) {

    /** Refuses to continue if rows are lost, and leaves the distribution of tables. */
    public static final RepairOptions STANDARD = new RepairOptions(false, false);

    /**
     * Returns options that accept the loss of rows: a node that has lost the project's database gets an empty one. The
     * lost rows stay lost, unless you restore a backup.
     *
     * @return a copy
     */
    public RepairOptions acceptingLoss() {
        return new RepairOptions(true, distributeTables);
    }

    /**
     * Returns options that also distribute the tables as the project's rules say, after everything else. Statements
     * that write to a table wait while its rows move.
     *
     * @return a copy
     */
    public RepairOptions distributingTables() {
        return new RepairOptions(acceptLoss, true);
    }
}
