package org.citustenancy.internal.tables;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citustenancy.tables.Distribution;
import org.citustenancy.tables.TableChange;
import org.citustenancy.tables.TableInfo;
import org.citustenancy.tables.TableName;

/**
 * Compares the current distribution of a table with the request.
 *
 * @param table the table
 * @param neighbours the tables that are colocated with it
 */
record DistributionComparison(TableInfo table, List<TableName> neighbours) {

    TableChange compare(String column, Optional<TableInfo> partner, Distribution how) {
        boolean same = table.distributionColumn().equals(Optional.of(column))
                && partner.map(other -> other.colocation().equals(table.colocation()))
                        .orElse(true)
                && (how.shardCount().isEmpty() || how.shardCount().equals(table.shards()))
                && (!how.alone() || neighbours.isEmpty());
        if (!same) {
            throw TableDistributor.conflict(table, is() + colocation(partner, how), wanted(column, how));
        }
        return new TableChange(false, table.name() + " is " + is() + " already");
    }

    private String is() {
        return "distributed by \"" + table.distributionColumn().orElse("?") + "\" in "
                + table.shards().orElse(0) + " shards";
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
