package org.citustenancy.plan;

/**
 * What a repair may do.
 *
 * <pre>{@code
 * app.repair(RepairOptions::acceptingLoss);
 * }</pre>
 *
 * @param acceptLoss whether a node that has lost the project's database gets an empty one, although rows were there alone
 */
public record RepairOptions(boolean acceptLoss) {

    /** Refuses to go on where rows are lost. */
    public static final RepairOptions STANDARD = new RepairOptions(false);

    /**
     * The same with consent to the loss of rows: a node that has lost the project's database gets an empty one. What was lost
     * stays lost, unless a backup is restored.
     *
     * @return a copy
     */
    public RepairOptions acceptingLoss() {
        return new RepairOptions(true);
    }
}
