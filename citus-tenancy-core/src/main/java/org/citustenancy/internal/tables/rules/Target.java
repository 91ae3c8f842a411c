package org.citustenancy.internal.tables.rules;

import java.util.Optional;
import org.citustenancy.tables.Distribution;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;

/**
 * The distribution of a table according to the rule that decides about it.
 *
 * @param kind the kind
 * @param rule the rule, as it is declared
 * @param column the distribution column, empty unless the table is to be distributed by one
 * @param options the options of that distribution
 * @param together whether the rule requires that the table is colocated with others
 */
record Target(TableKind kind, String rule, String column, Distribution options, boolean together) {

    static Target of(TableKind kind, String rule) {
        return new Target(kind, rule, "", Distribution.STANDARD, false);
    }

    static Target distributed(String rule, String column, Distribution options, boolean together) {
        return new Target(TableKind.DISTRIBUTED, rule, column, options, together);
    }

    static Target besides(String rule, String column, TableName parent) {
        return distributed(
                rule, column, new Distribution(Optional.of(parent), false, Distribution.STANDARD.shardCount()), true);
    }

    boolean is(TableKind wanted) {
        return kind == wanted;
    }

    String inWords() {
        return switch (kind) {
            case DISTRIBUTED ->
                "distributed by \"" + column + "\""
                        + options.colocatedWith()
                                .map(other -> ", colocated with " + other)
                                .orElse("")
                        + (options.shardCount().isPresent()
                                ? " in " + options.shardCount().getAsInt() + " shards"
                                : "")
                        + (options.alone() ? ", colocated with no other" : "");
            case REFERENCE -> "a reference table";
            case SCHEMA -> "part of a distributed schema";
            case LOCAL -> "a local table";
        };
    }
}
