package org.citustenancy.tables;

/**
 * A table of a project, and what {@link DistributionRules} say about it.
 *
 * @param table the table as it is
 * @param rule the rule that decides about it
 * @param target its distribution according to that rule, in words
 * @param asDeclared whether the table is distributed as the rule says
 */
public record PlannedTable(TableInfo table, String rule, String target, boolean asDeclared) {

    /** Returns one line with the table, its target and the rule. */
    @Override
    public String toString() {
        return table + (asDeclared ? ", as " : ", to be ") + target + " by " + rule;
    }
}
