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
 */
public record RepairOptions(boolean acceptLoss) {

    /** Refuses to continue if rows are lost. */
    public static final RepairOptions STANDARD = new RepairOptions(false);

    /**
     * Returns options that accept the loss of rows: a node that has lost the project's database gets an empty one. The
     * lost rows stay lost, unless you restore a backup.
     *
     * @return a copy
     */
    public RepairOptions acceptingLoss() {
        return new RepairOptions(true);
    }
}
