package org.citustenancy.internal.desired;

import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.tables.Distribution;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.TableRule;
import org.citustenancy.tables.Uncovered;

/**
 * A rule for the distribution of tables, in the form in which the registry and backups store it.
 *
 * @param kind the kind of the rule
 * @param subject the tables or schemas, for {@link Kind#OTHERWISE} the treatment; empty for other kinds
 * @param column the column; empty if the kind has none
 * @param options the options of {@link Kind#DISTRIBUTE}, and the number of shards of {@link Kind#EVERY_TABLE_WITH}
 */
public record StoredRule(Kind kind, String subject, String column, Distribution options) {

    /** The kinds of rules. Their names are stored, so they never change. */
    public enum Kind {
        EVERY_TABLE_WITH,
        DISTRIBUTE,
        BY_FOREIGN_KEY,
        REFERENCE,
        LOCAL,
        DISTRIBUTE_SCHEMA,
        OTHERWISE
    }

    /**
     * Returns rules in the form in which they are stored.
     *
     * @return in their order; none for rules that decide about nothing
     */
    public static List<StoredRule> of(DistributionRules rules) {
        return rules.isEmpty()
                ? List.of()
                : Stream.concat(
                                rules.rules().stream().map(StoredRule::of),
                                Stream.of(of(Kind.OTHERWISE, rules.otherwise().name(), "")))
                        .toList();
    }

    private static StoredRule of(TableRule rule) {
        if (rule instanceof TableRule.EveryTableWith every) {
            return new StoredRule(Kind.EVERY_TABLE_WITH, "", every.column(), every.options());
        }
        if (rule instanceof TableRule.Distribute distribute) {
            return new StoredRule(Kind.DISTRIBUTE, distribute.tables(), distribute.column(), distribute.options());
        }
        if (rule instanceof TableRule.Reference reference) {
            return of(Kind.REFERENCE, reference.tables(), "");
        }
        if (rule instanceof TableRule.Local local) {
            return of(Kind.LOCAL, local.tables(), "");
        }
        if (rule instanceof TableRule.DistributeSchema schema) {
            return of(Kind.DISTRIBUTE_SCHEMA, schema.schemas(), "");
        }
        return of(Kind.BY_FOREIGN_KEY, "", "");
    }

    private static StoredRule of(Kind kind, String subject, String column) {
        return new StoredRule(kind, subject, column, Distribution.STANDARD);
    }

    /** Returns the rules that were stored. */
    public static DistributionRules rules(List<StoredRule> stored) {
        DistributionRules rules = DistributionRules.create();
        for (StoredRule rule : stored) {
            rules = rule.addTo(rules);
        }
        return rules;
    }

    private DistributionRules addTo(DistributionRules rules) {
        return switch (kind) {
            case EVERY_TABLE_WITH ->
                options.shardCount().isPresent()
                        ? rules.everyTableWith(column, options.shardCount().getAsInt())
                        : rules.everyTableWith(column);
            case DISTRIBUTE -> rules.distribute(subject, column, standard -> options);
            case BY_FOREIGN_KEY -> rules.byForeignKey();
            case REFERENCE -> rules.reference(subject);
            case LOCAL -> rules.local(subject);
            case DISTRIBUTE_SCHEMA -> rules.distributeSchema(subject);
            case OTHERWISE -> rules.otherwise(Uncovered.valueOf(subject));
        };
    }
}
