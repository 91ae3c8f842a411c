package org.citustenancy.tables;

/** The treatment of tables that no rule of {@link DistributionRules} covers. */
public enum Uncovered {
    /** Such a table is a problem: nothing is changed until a rule covers it. */
    REFUSE,
    /** Such a table is local. */
    LOCAL,
    /** Such a table is a reference table. */
    REFERENCE
}
