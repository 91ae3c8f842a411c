package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.deleteFrom;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.insertInto;
import static org.citustenancy.internal.sql.catalog.RegistryDistributionRule.REGISTRY_DISTRIBUTION_RULE;

import java.util.ArrayList;
import java.util.List;
import org.citustenancy.internal.desired.StoredRule;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.tables.Distribution;
import org.citustenancy.tables.TableName;

/** Statements for the rules of projects for the distribution of their tables, in the registry. */
public final class RegistryRuleStatements {

    private RegistryRuleStatements() {}

    static Query createTable() {
        return RegistryStatements.ofProject(
                REGISTRY_DISTRIBUTION_RULE, REGISTRY_DISTRIBUTION_RULE.project, REGISTRY_DISTRIBUTION_RULE.position);
    }

    /** Returns the statements that replace the rules of a project. */
    public static List<Query> replace(String project, List<StoredRule> rules) {
        List<Query> statements = new ArrayList<>();
        statements.add(deleteFrom(REGISTRY_DISTRIBUTION_RULE).where(REGISTRY_DISTRIBUTION_RULE.project.eq(project)));
        for (int position = 0; position < rules.size(); position++) {
            statements.add(save(project, position, rules.get(position)));
        }
        return statements;
    }

    private static Query save(String project, int position, StoredRule rule) {
        Distribution options = rule.options();
        return insertInto(REGISTRY_DISTRIBUTION_RULE)
                .set(REGISTRY_DISTRIBUTION_RULE.project, project)
                .set(REGISTRY_DISTRIBUTION_RULE.position, position)
                .set(REGISTRY_DISTRIBUTION_RULE.kind, rule.kind().name())
                .set(REGISTRY_DISTRIBUTION_RULE.subject, rule.subject())
                .set(REGISTRY_DISTRIBUTION_RULE.column, rule.column())
                .set(
                        REGISTRY_DISTRIBUTION_RULE.colocatedSchema,
                        options.colocatedWith().map(TableName::schema).orElse(null))
                .set(
                        REGISTRY_DISTRIBUTION_RULE.colocatedTable,
                        options.colocatedWith().map(TableName::table).orElse(null))
                .set(REGISTRY_DISTRIBUTION_RULE.alone, options.alone())
                .set(
                        REGISTRY_DISTRIBUTION_RULE.shardCount,
                        options.shardCount().isPresent() ? options.shardCount().getAsInt() : null);
    }
}
