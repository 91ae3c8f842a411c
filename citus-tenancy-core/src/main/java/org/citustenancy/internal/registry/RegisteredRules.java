package org.citustenancy.internal.registry;

import static org.citustenancy.internal.sql.catalog.RegistryDistributionRule.REGISTRY_DISTRIBUTION_RULE;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.StoredRule;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.RegistryQueries;
import org.citustenancy.internal.sql.RegistryRuleStatements;
import org.citustenancy.tables.Distribution;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.TableName;

/** Reads and writes the rules for the distribution of a project's tables. */
final class RegisteredRules {

    private RegisteredRules() {}

    /** Returns the rules of a project, absent if it has none. */
    static Optional<DistributionRules> rules(Record project) {
        if (project.field(RegistryQueries.RULES) == null) {
            // The registry is one of an earlier library.
            return Optional.empty();
        }
        List<StoredRule> rules = project.get(RegistryQueries.RULES).stream()
                .map(RegisteredRules::rule)
                .toList();
        return rules.isEmpty() ? Optional.empty() : Optional.of(StoredRule.rules(rules));
    }

    private static StoredRule rule(Record row) {
        String table = row.get(REGISTRY_DISTRIBUTION_RULE.colocatedTable);
        Integer shards = row.get(REGISTRY_DISTRIBUTION_RULE.shardCount);
        return new StoredRule(
                StoredRule.Kind.valueOf(row.get(REGISTRY_DISTRIBUTION_RULE.kind)),
                row.get(REGISTRY_DISTRIBUTION_RULE.subject),
                row.get(REGISTRY_DISTRIBUTION_RULE.column),
                new Distribution(
                        table == null
                                ? Optional.empty()
                                : Optional.of(
                                        new TableName(row.get(REGISTRY_DISTRIBUTION_RULE.colocatedSchema), table)),
                        row.get(REGISTRY_DISTRIBUTION_RULE.alone),
                        shards == null ? OptionalInt.empty() : OptionalInt.of(shards)));
    }

    /** Returns the statements that replace a project's rules in the registry. */
    static List<Query> write(DesiredProject project) {
        return RegistryRuleStatements.replace(
                project.name(), project.distribution().map(StoredRule::of).orElse(List.of()));
    }
}
