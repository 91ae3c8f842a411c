package org.citustenancy.internal.tables.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citustenancy.errors.Failure;
import org.citustenancy.tables.Distribution;
import org.citustenancy.tables.TableInfo;
import org.citustenancy.tables.TableName;

/**
 * Compares the current distribution of a table with the request.
 *
 * @param table the table
 * @param neighbours the tables that are colocated with it
 */
public record DistributionComparison(TableInfo table, List<TableName> neighbours) {

    /**
     * Compares a distributed table with the request.
     *
     * @param column the requested distribution column
     * @param partner the table with which it is to be colocated
     * @param how the other options
     * @return the difference, absent if there is none
     */
    public Optional<Failure> difference(String column, Optional<TableInfo> partner, Distribution how) {
        boolean same = table.distributionColumn().equals(Optional.of(column))
                && partner.map(other -> other.colocation().equals(table.colocation()))
                        .orElse(true)
                && (how.shardCount().isEmpty() || how.shardCount().equals(table.shards()))
                && (!how.alone() || neighbours.isEmpty());
        return same
                ? Optional.empty()
                : Optional.of(conflict(table, inShards() + colocation(partner, how), wanted(column, how)));
    }

    /** Returns the distribution of a distributed table in words. */
    public String inShards() {
        return inWords(table) + " in " + table.shards().orElse(0) + " shards";
    }

    /** Returns the distribution of a table in words. */
    public static String inWords(TableInfo table) {
        return switch (table.kind()) {
            case DISTRIBUTED -> "distributed by \"" + table.distributionColumn().orElse("?") + "\"";
            case REFERENCE -> "a reference table";
            case SCHEMA -> "part of a distributed schema";
            case LOCAL -> "a local table";
        };
    }

    /** Describes the difference between the distribution of a table and the request. */
    public static Failure conflict(TableInfo table, String is, String wanted) {
        return Failure.of("The table " + table.name() + " is " + is + ", but the request is for " + wanted)
                .state("nothing was changed")
                .fix("undistribute it first (its schema, if that is distributed)");
    }

    private String colocation(Optional<TableInfo> partner, Distribution how) {
        if (how.alone() && !neighbours.isEmpty()) {
            return ", colocated with "
                    + neighbours.stream().map(TableName::toString).collect(Collectors.joining(", "));
        }
        return partner.filter(other -> !other.colocation().equals(table.colocation()))
                .map(other -> ", not colocated with " + other.name())
                .orElse("");
    }

    private static String wanted(String column, Distribution how) {
        return "distributed by \"" + column + "\""
                + (how.shardCount().isPresent() ? " in " + how.shardCount().getAsInt() + " shards" : "")
                + (how.alone() ? ", colocated with no other" : "");
    }
}
