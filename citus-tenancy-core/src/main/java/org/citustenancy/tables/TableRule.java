package org.citustenancy.tables;

import java.util.Optional;
import org.citustenancy.internal.names.Names;

/**
 * One rule of {@link DistributionRules}. Its text is the call that declares it, as messages show it.
 *
 * <p>A table of a name is written as for {@link TableName#of}, a pattern with {@code *} for any characters.
 */
public sealed interface TableRule {

    /**
     * Distributes every table that has a column by that column, all colocated with each other.
     *
     * @param column the column
     */
    record EveryTableWith(String column) implements TableRule {

        /** Checks the name. */
        public EveryTableWith {
            Names.identifier("column", column);
        }

        @Override
        public String toString() {
            return call("everyTableWith", column);
        }
    }

    /**
     * Distributes tables by a column.
     *
     * @param tables the name of a table, or a pattern
     * @param column the distribution column
     * @param options the other options
     */
    record Distribute(String tables, String column, Distribution options) implements TableRule {

        /** Checks the names. */
        public Distribute {
            NamePattern.tables(tables);
            Names.identifier("column", column);
        }

        @Override
        public String toString() {
            return call("distribute", tables, column);
        }
    }

    /** Distributes tables with a foreign key to a distributed table, by the column that references its column. */
    record ByForeignKey() implements TableRule {

        @Override
        public String toString() {
            return call("byForeignKey");
        }
    }

    /**
     * Makes tables reference tables.
     *
     * @param tables the name of a table, or a pattern
     */
    record Reference(String tables) implements TableRule {

        /** Checks the name. */
        public Reference {
            NamePattern.tables(tables);
        }

        @Override
        public String toString() {
            return call("reference", tables);
        }
    }

    /**
     * Leaves tables local.
     *
     * @param tables the name of a table, or a pattern
     */
    record Local(String tables) implements TableRule {

        /** Checks the name. */
        public Local {
            NamePattern.tables(tables);
        }

        @Override
        public String toString() {
            return call("local", tables);
        }
    }

    /**
     * Distributes schemas, so that the tables of each are on one node.
     *
     * @param schemas the name of a schema, or a pattern
     */
    record DistributeSchema(String schemas) implements TableRule {

        /** Checks the name. */
        public DistributeSchema {
            NamePattern.schemas(schemas);
        }

        /**
         * Checks whether the name contains {@code *}.
         *
         * @return false for the name of one schema
         */
        public boolean isPattern() {
            return NamePattern.isPattern(schemas);
        }

        @Override
        public String toString() {
            return call("distributeSchema", schemas);
        }
    }

    /**
     * Checks whether the rule's name or pattern fits a table.
     *
     * @param table the table
     * @return false for a rule without names
     */
    default boolean names(TableName table) {
        if (this instanceof DistributeSchema schema) {
            return schema.namesSchema(table.schema());
        }
        return pattern().map(pattern -> pattern.matches(table)).orElse(false);
    }

    /**
     * Checks whether this is a rule for schemas that fits one.
     *
     * @param schema the schema
     */
    default boolean namesSchema(String schema) {
        return this instanceof DistributeSchema rule
                && NamePattern.schemas(rule.schemas()).matchesSchema(schema);
    }

    /**
     * Returns the table that the rule names.
     *
     * @return absent for a pattern and for a rule without names
     */
    default Optional<TableName> exactTable() {
        return pattern().flatMap(NamePattern::exact);
    }

    private Optional<NamePattern> pattern() {
        if (this instanceof Distribute rule) {
            return Optional.of(NamePattern.tables(rule.tables()));
        }
        if (this instanceof Reference rule) {
            return Optional.of(NamePattern.tables(rule.tables()));
        }
        if (this instanceof Local rule) {
            return Optional.of(NamePattern.tables(rule.tables()));
        }
        return Optional.empty();
    }

    private static String call(String method, String... arguments) {
        return method + (arguments.length == 0 ? "()" : "(\"" + String.join("\", \"", arguments) + "\")");
    }
}
