package org.citustenancy.tables;

import java.util.Optional;

/**
 * A reason for which {@link DistributionRules} cannot be applied.
 *
 * @param kind the kind of problem
 * @param table the table, absent if the problem is of no single table
 * @param what what is wrong
 * @param fix what you can do about it
 */
public record TableProblem(Kind kind, Optional<TableName> table, String what, String fix) {

    /** The kind of a problem. */
    public enum Kind {
        /** Several rules of the same rank cover the table and contradict each other. */
        AMBIGUOUS_RULES,
        /** A rule names a table, schema or column that does not exist. */
        NOT_FOUND,
        /** No rule covers the table, and the rules refuse such tables. */
        UNCOVERED,
        /** The table is distributed otherwise than its rule says. */
        DISTRIBUTED_OTHERWISE,
        /** A primary key, unique key or exclusion constraint does not contain the distribution column. */
        KEY,
        /** A foreign key connects tables that Citus does not allow it to connect, or no longer enforces it for. */
        FOREIGN_KEY,
        /** The table has triggers. */
        TRIGGER,
        /** The distribution column has another type than its colocated neighbors', or one that cannot be hashed. */
        COLUMN_TYPE,
        /** The distribution column is computed from other columns. */
        GENERATED_COLUMN,
        /** The table inherits from another one, or another one from it. */
        INHERITANCE,
        /** The table is partitioned in a way that Citus does not distribute. */
        PARTITIONING,
        /** A policy of row-level security contains a subquery. */
        POLICY,
        /** Tables that must be colocated belong to several roles. */
        OWNER
    }

    /** Returns the problem and its fix. */
    @Override
    public String toString() {
        return what + ". fix: " + fix;
    }
}
