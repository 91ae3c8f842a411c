package org.citustenancy.documentation;

import java.sql.Connection;
import org.citustenancy.Project;
import org.citustenancy.ProjectTables;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.RulesSuggestion;
import org.citustenancy.tables.TablesPlan;
import org.citustenancy.tables.Uncovered;

/** The code of the page about distribution rules. */
final class DistributionExample {

    private DistributionExample() {}

    static DistributionRules rules() {
        // begin distribution-rules
        DistributionRules rules = DistributionRules.create()
                .everyTableWith("company_id")
                .distribute("companies", "id")
                .distribute("audit.events", "device_id", options -> options.shardCount(8))
                .byForeignKey()
                .reference("countries", "currencies")
                .local("flyway_schema_history", "databasechangelog*")
                .distributeSchema("tenant_*")
                .otherwise(Uncovered.REFUSE);
        // end distribution-rules
        return rules;
    }

    static void suggest(Project shop) {
        // begin distribution-suggest
        RulesSuggestion suggestion = shop.tables().suggest();
        System.out.println(suggestion);
        // end distribution-suggest
    }

    static void plan(Project shop, DistributionRules rules) {
        // begin distribution-plan
        TablesPlan plan = shop.tables().plan(rules);
        plan.tables().forEach(System.out::println);
        plan.steps().forEach(System.out::println);
        plan.problems().forEach(System.out::println);
        // end distribution-plan
    }

    static void apply(Project shop, DistributionRules rules) {
        // begin distribution-apply
        TablesPlan done = shop.tables().apply(rules);
        done.steps().forEach(step -> System.out.println(step.description()));
        // end distribution-apply
    }

    static void applyOver(Connection connection, DistributionRules rules) {
        // begin distribution-connection
        ProjectTables.over(connection).apply(rules);
        // end distribution-connection
    }
}
