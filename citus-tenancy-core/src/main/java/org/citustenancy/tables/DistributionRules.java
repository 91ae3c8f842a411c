package org.citustenancy.tables;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.names.Names;

/**
 * Rules that say, for every table of a project, how it is distributed. Declare them once, and call
 * {@code project.tables().apply(rules)} after each migration: new tables are then distributed as the rules say. Immutable:
 * each method returns a changed copy.
 *
 * <pre>{@code
 * DistributionRules rules = DistributionRules.create()
 *         .everyTableWith("company_id")
 *         .distribute("companies", "id")
 *         .reference("countries", "currencies")
 *         .local("flyway_schema_history");
 * shop.tables().apply(rules);
 * }</pre>
 *
 * <p>Table names have the syntax of {@link TableName#of}. In a part of a name that is not enclosed in double quotes,
 * {@code *} stands for any characters, or none: {@code logs.*}.
 *
 * <p>One rule decides about a table: a rule that names it exactly, else one whose pattern or schema fits, else
 * {@link #everyTableWith}, else {@link #byForeignKey}, else {@link #otherwise}. Two rules of the same rank for one table
 * are a problem of the plan. A table in a schema of {@link #distributeSchema} can be covered by no other name or pattern.
 * Partitions follow their table.
 */
public final class DistributionRules {

    private static final DistributionRules NONE = new DistributionRules(List.of(), Optional.empty());

    private final List<TableRule> rules;
    private final Optional<Uncovered> otherwise;

    private DistributionRules(List<TableRule> rules, Optional<Uncovered> otherwise) {
        this.rules = List.copyOf(rules);
        this.otherwise = otherwise;
    }

    /**
     * Returns rules that cover no table.
     *
     * @return the rules, to be completed with the other methods
     */
    public static DistributionRules create() {
        return NONE;
    }

    /**
     * Distributes every table that has a column by that column, all colocated with each other: rows of the same value
     * are on the same node.
     *
     * @param column the column, such as {@code tenant_id}
     * @return a copy
     * @throws ConflictException if there is such a rule
     */
    public DistributionRules everyTableWith(String column) {
        return with(new TableRule.EveryTableWith(column, OptionalInt.empty()));
    }

    /**
     * Distributes every table that has a column by that column, all colocated with each other, with a number of shards.
     * A table of {@link #distribute} is colocated with them only if it has the same number.
     *
     * <pre>{@code
     * rules.everyTableWith("company_id", 16)
     *         .distribute("companies", "id", options -> options.shardCount(16));
     * }</pre>
     *
     * @param column the column, such as {@code tenant_id}
     * @param shardCount the number of shards
     * @return a copy
     * @throws InvalidRequestException if the number is less than 1
     * @throws ConflictException if there is such a rule
     */
    public DistributionRules everyTableWith(String column, int shardCount) {
        return with(new TableRule.EveryTableWith(column, OptionalInt.of(shardCount)));
    }

    /**
     * Distributes tables by a column.
     *
     * @param tables the name of a table, or a pattern
     * @param column the distribution column
     * @return a copy
     * @throws InvalidRequestException if a name is not valid
     * @throws ConflictException if another rule names the same table
     */
    public DistributionRules distribute(String tables, String column) {
        return distribute(tables, column, UnaryOperator.identity());
    }

    /**
     * Distributes tables by a column, with options.
     *
     * <pre>{@code
     * rules.distribute("audit.events", "device_id", options -> options.shardCount(8));
     * }</pre>
     *
     * @param tables the name of a table, or a pattern
     * @param column the distribution column
     * @param options changes {@link Distribution#STANDARD}
     * @return a copy
     * @throws InvalidRequestException if a name is not valid
     * @throws ConflictException if another rule names the same table, or the options contradict each other
     */
    public DistributionRules distribute(String tables, String column, UnaryOperator<Distribution> options) {
        return with(
                new TableRule.Distribute(Names.given("table", tables), column, options.apply(Distribution.STANDARD)));
    }

    /**
     * Distributes every other table that has a foreign key to the distribution column of a distributed table: by the
     * column that references it, colocated with that table.
     *
     * @return a copy
     * @throws ConflictException if there is such a rule
     */
    public DistributionRules byForeignKey() {
        return with(new TableRule.ByForeignKey());
    }

    /**
     * Makes tables reference tables, which every node has a copy of.
     *
     * @param tables the names of tables, or patterns
     * @return a copy
     * @throws InvalidRequestException if a name is not valid
     * @throws ConflictException if another rule names the same table
     */
    public DistributionRules reference(String... tables) {
        return withAll(Stream.of(named("reference", tables)).map(TableRule.Reference::new));
    }

    /**
     * Leaves tables local, on the coordinator. Such a table need not exist.
     *
     * @param tables the names of tables, or patterns
     * @return a copy
     * @throws InvalidRequestException if a name is not valid
     * @throws ConflictException if another rule names the same table
     */
    public DistributionRules local(String... tables) {
        return withAll(Stream.of(named("local", tables)).map(TableRule.Local::new));
    }

    /**
     * Distributes schemas: places all tables of each on one node (schema-based sharding).
     *
     * @param schemas the names of schemas, used literally, or patterns
     * @return a copy
     * @throws InvalidRequestException if a name is not valid
     * @throws ConflictException if another rule names the same schema
     */
    public DistributionRules distributeSchema(String... schemas) {
        return withAll(Stream.of(named("distributeSchema", schemas)).map(TableRule.DistributeSchema::new));
    }

    /**
     * Sets the treatment of tables that no rule covers. Without this call, such a table is refused.
     *
     * @param treatment the treatment
     * @return a copy
     * @throws ConflictException if this was called before
     */
    public DistributionRules otherwise(Uncovered treatment) {
        Names.given("treatment of uncovered tables", treatment);
        otherwise.ifPresent(before -> {
            throw twice("otherwise(" + before + ")", "otherwise(" + treatment + ")", "every table without a rule");
        });
        return new DistributionRules(rules, Optional.of(treatment));
    }

    /**
     * Returns the rules.
     *
     * @return in the order in which they were declared
     */
    public List<TableRule> rules() {
        return rules;
    }

    /**
     * Returns the treatment of tables that no rule covers.
     *
     * @return {@link Uncovered#REFUSE} unless {@link #otherwise} was called
     */
    public Uncovered otherwise() {
        return otherwise.orElse(Uncovered.REFUSE);
    }

    /**
     * Checks whether nothing was declared. A project that is requested with such rules has none afterwards.
     *
     * @return true for {@link #create()}
     */
    public boolean isEmpty() {
        return rules.isEmpty() && otherwise.isEmpty();
    }

    private static String[] named(String rule, String... names) {
        if (Names.given("names of the rule " + rule, names).length == 0) {
            throw new InvalidRequestException(
                    Failure.of("The rule " + rule + " names nothing").fix("give it at least one name"));
        }
        return names;
    }

    private DistributionRules withAll(Stream<? extends TableRule> added) {
        DistributionRules all = this;
        for (TableRule rule : added.toList()) {
            all = all.with(rule);
        }
        return all;
    }

    private DistributionRules with(TableRule added) {
        for (TableRule rule : rules) {
            boolean sameTable =
                    added.exactTable().isPresent() && added.exactTable().equals(rule.exactTable());
            if (sameTable || scope(added).equals(scope(rule))) {
                throw twice(
                        rule.toString(),
                        added.toString(),
                        sameTable ? "the table " + added.exactTable().orElseThrow() : "the same tables");
            }
        }
        List<TableRule> all = new ArrayList<>(rules);
        all.add(added);
        return new DistributionRules(all, otherwise);
    }

    /** Returns what two rules must not share. */
    private static String scope(TableRule rule) {
        if (rule instanceof TableRule.Distribute distribute) {
            return "tables " + distribute.tables();
        }
        if (rule instanceof TableRule.Reference reference) {
            return "tables " + reference.tables();
        }
        if (rule instanceof TableRule.Local local) {
            return "tables " + local.tables();
        }
        return rule.toString();
    }

    private static ConflictException twice(String first, String second, String subject) {
        Set<String> both = new LinkedHashSet<>(List.of(first, second));
        return new ConflictException(Failure.of("The rules " + first + " and " + second + " are both for " + subject)
                .fix(both.size() == 1 ? "leave one of the two out" : "keep one of the two"));
    }

    /** Compares the rules, and the treatment of other tables, by their effect. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DistributionRules that
                && rules.equals(that.rules)
                && otherwise() == that.otherwise()
                && isEmpty() == that.isEmpty();
    }

    @Override
    public int hashCode() {
        return 31 * rules.hashCode() + otherwise().hashCode();
    }

    /** Returns the calls that declare the rules. */
    @Override
    public String toString() {
        return Stream.concat(rules.stream(), Stream.of("otherwise(" + otherwise() + ")"))
                .map(Object::toString)
                .collect(Collectors.joining("."));
    }
}
