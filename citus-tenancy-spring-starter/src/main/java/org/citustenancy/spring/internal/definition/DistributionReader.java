package org.citustenancy.spring.internal.definition;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.spring.properties.DistributedTableProperties;
import org.citustenancy.spring.properties.DistributionProperties;
import org.citustenancy.tables.Distribution;
import org.citustenancy.tables.DistributionRules;
import org.jspecify.annotations.Nullable;

/** Reads the rules for the distribution of a project's tables. */
final class DistributionReader {

    private final Problems problems;
    private final String where;
    private DistributionRules rules = DistributionRules.create();

    /**
     * Creates a reader.
     *
     * @param where the full name of the properties
     */
    DistributionReader(Problems problems, String where) {
        this.problems = problems;
        this.where = where;
    }

    /** Returns absent if there are no such properties. */
    Optional<DistributionRules> read(@Nullable DistributionProperties properties) {
        if (properties == null) {
            return Optional.empty();
        }
        Integer shards = properties.shardCount();
        properties
                .everyTableWith()
                .forEach(column -> add(
                        "every-table-with",
                        known -> shards == null ? known.everyTableWith(column) : known.everyTableWith(column, shards)));
        for (int index = 0; index < properties.distribute().size(); index++) {
            distribute("distribute[" + index + "]", properties.distribute().get(index), shards);
        }
        if (properties.byForeignKey()) {
            add("by-foreign-key", DistributionRules::byForeignKey);
        }
        properties.reference().forEach(tables -> add("reference", known -> known.reference(tables)));
        properties.local().forEach(tables -> add("local", known -> known.local(tables)));
        properties.schemas().forEach(schemas -> add("schemas", known -> known.distributeSchema(schemas)));
        add("otherwise", known -> known.otherwise(properties.otherwise()));
        return Optional.of(rules);
    }

    private void distribute(String property, DistributedTableProperties table, @Nullable Integer shards) {
        String tables = table.tables();
        String column = table.column();
        if (tables == null || column == null) {
            problems.add(
                    where + "." + property + (tables == null ? ".tables" : ".column"),
                    "is missing",
                    "name the tables and the column by which they are distributed");
            return;
        }
        add(property, known -> known.distribute(tables, column, standard -> options(standard, table, shards)));
    }

    private static Distribution options(
            Distribution standard, DistributedTableProperties table, @Nullable Integer shards) {
        if (table.shardCount() == null && table.colocatedWith() == null) {
            return shards == null ? standard : standard.shardCount(shards);
        }
        Distribution options = standard;
        if (table.colocatedWith() != null) {
            options = options.colocatedWith(table.colocatedWith());
        }
        return table.shardCount() == null ? options : options.shardCount(table.shardCount());
    }

    private void add(String property, UnaryOperator<DistributionRules> rule) {
        try {
            rules = rule.apply(rules);
        } catch (CitusTenancyException refused) {
            Failure failure = refused.failure();
            problems.add(where + "." + property, "is refused: " + failure.what(), failure.fix());
        }
    }
}
