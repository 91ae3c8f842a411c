package org.citustenancy.internal.tables.rules;

import java.util.List;
import java.util.stream.Collectors;
import org.citustenancy.tables.Distribution;
import org.citustenancy.tables.TableName;
import org.citustenancy.tables.TableStep;

/** A step of a plan, before it is shown or run. */
public sealed interface RuleStep {

    /**
     * Distributes a table.
     *
     * @param column the distribution column
     * @param how the other options
     * @param connected whether foreign keys lead from or to it
     */
    record Distribute(TableName table, String column, Distribution how, boolean connected) implements RuleStep {}

    /**
     * Makes a table a reference table.
     *
     * @param alone whether local tables with foreign keys to it stay out of the metadata of Citus
     */
    record Reference(TableName table, boolean alone) implements RuleStep {}

    /**
     * Adds local tables to the metadata of Citus, because foreign keys connect them to reference tables.
     *
     * @param tables the tables, which foreign keys connect with each other
     */
    record AddToMetadata(List<TableName> tables) implements RuleStep {

        /** Returns the tables in words. */
        public String inWords() {
            return tables.stream().map(TableName::toString).collect(Collectors.joining(", "));
        }
    }

    /**
     * Distributes a schema.
     *
     * @param schema its name
     */
    record DistributeSchema(String schema) implements RuleStep {}

    /**
     * Returns the step as it is shown.
     *
     * @param statement its SQL
     */
    default TableStep shown(String statement) {
        return new TableStep(description(), statement);
    }

    /** Returns the step in words. */
    default String description() {
        if (this instanceof Distribute step) {
            return "distribute " + step.table() + " by \"" + step.column() + "\"";
        }
        if (this instanceof Reference step) {
            return "copy " + step.table() + " to every node";
        }
        if (this instanceof AddToMetadata step) {
            return "connect " + step.inWords() + " with the reference tables of their foreign keys";
        }
        return "distribute the schema \"" + (this instanceof DistributeSchema step ? step.schema() : "") + "\"";
    }
}
