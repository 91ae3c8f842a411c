package org.citustenancy.tables;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
     * @param shardCount the number of shards, absent for that of {@code citus.shard_count}
     */
    record EveryTableWith(String column, OptionalInt shardCount) implements TableRule {

        /** Checks the name and the number. */
        public EveryTableWith {
            Names.identifier("column", column);
            // It refuses a number below 1.
            new Distribution(Optional.empty(), false, shardCount);
        }

        /** Returns the options with which the tables are distributed. */
        public Distribution options() {
            return new Distribution(Optional.empty(), false, shardCount);
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
        return method + Stream.of(arguments).map(TableRule::literal).collect(Collectors.joining(", ", "(", ")"));
    }

    /** Returns a string of Java: names of tables are the owner's choice, and rules may be pasted into a program. */
    private static String literal(String text) {
        return '"'
                + text.chars()
                        .mapToObj(character -> switch (character) {
                            case '"', '\\' -> "\\" + (char) character;
                            default ->
                                Character.isISOControl(character)
                                        ? String.format(Locale.ROOT, "\\%03o", character)
                                        : String.valueOf((char) character);
                        })
                        .collect(Collectors.joining())
                + '"';
    }
}
