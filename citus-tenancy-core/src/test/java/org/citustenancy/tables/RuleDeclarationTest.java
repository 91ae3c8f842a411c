package org.citustenancy.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules can be declared, and which names they fit; without a server. */
class RuleDeclarationTest {

    private static final DistributionRules NONE = DistributionRules.create();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "countries | public | countries | true",
                "countries | other | countries | false",
                "countries | public | Countries | false",
                "databasechangelog* | public | databasechangelog | true",
                "databasechangelog* | public | databasechangeloglock | true",
                "databasechangelog* | public | old_databasechangelog | false",
                "logs.* | logs | anything at all | true",
                "logs.* | log | s | false",
                "*.flyway_schema_history | tenant_7 | flyway_schema_history | true",
                "log*.*_raw | logs | http_raw | true",
                "log*.*_raw | logs | http_raw_old | false",
                "a.b+c | a | bbc | false",
                "\"a*\" | public | a* | true",
                "\"a*\" | public | ab | false",
                "\"a*\".b* | a* | bc | true",
                "\"a*\".b* | ab | bc | false",
                "\"x.y\".z* | x.y | z | true",
                "ta\u00e9* | public | ta\u00e9le | true",
            })
    void names_and_patterns_fit(String written, String schema, String table, boolean fits) {
        assertThat(new TableRule.Local(written).names(new TableName(schema, table)))
                .isEqualTo(fits);
    }

    /** The rules of a backup are text of its author, and names of tables are text of their owner. */
    @Test
    void pattern_with_many_wildcards_is_decided_without_trying_all_places() {
        TableRule rule = new TableRule.Local("*a".repeat(28) + "*b");

        assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> assertThat(rule.names(new TableName("public", "a".repeat(63))))
                        .isFalse());
        assertThat(rule.names(new TableName("public", "a".repeat(62) + "b"))).isTrue();
        assertThat(new TableRule.Local("a*b*b").names(new TableName("public", "a_b_c_b")))
                .isTrue();
        assertThat(new TableRule.Local("a*b*b").names(new TableName("public", "ab")))
                .isFalse();
    }

    @Test
    void schemas_fit_literally_except_for_the_wildcard() {
        TableRule rule = new TableRule.DistributeSchema("tenant.*");

        assertThat(rule.namesSchema("tenant.1")).isTrue();
        assertThat(rule.namesSchema("tenant_1")).isFalse();
        assertThat(rule.names(new TableName("tenant.1", "anything"))).isTrue();
        assertThat(new TableRule.Local("*").namesSchema("public")).isFalse();
    }

    @Test
    void two_rules_for_the_same_name_are_refused_at_once() {
        assertThatThrownBy(() -> NONE.reference("countries").local("public.countries"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(
                        "The rules reference(\"countries\") and local(\"public.countries\") are both for the "
                                + "table countries");
        assertThatThrownBy(() -> NONE.distribute("logs.*", "id").reference("logs.*"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("distribute(\"logs.*\", \"id\") and reference(\"logs.*\")");
        assertThatThrownBy(() -> NONE.everyTableWith("a").everyTableWith("a"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("everyTableWith(\"a\")");
        assertThatThrownBy(() -> NONE.byForeignKey().byForeignKey()).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> NONE.distributeSchema("a", "a")).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> NONE.otherwise(Uncovered.LOCAL).otherwise(Uncovered.REFERENCE))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("otherwise(LOCAL) and otherwise(REFERENCE)");
    }

    @Test
    void names_that_cannot_be_are_refused_at_once() {
        assertThatThrownBy(() -> NONE.everyTableWith("")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> NONE.everyTableWith("a", 0)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> NONE.everyTableWith("a", 4).everyTableWith("a"))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> NONE.distribute("a", ""))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("column");
        assertThatThrownBy(() -> NONE.reference("a.b.c"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("\"a.b.c\" is not the name of a table");
        assertThatThrownBy(NONE::reference)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("The rule reference names nothing");
        assertThatThrownBy(() -> NONE.local("x".repeat(64))).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> NONE.distributeSchema("")).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void rules_are_values_whose_text_declares_them() {
        DistributionRules rules = NONE.everyTableWith("tenant_id").reference("countries", "currencies");

        assertThat(rules)
                .hasToString("everyTableWith(\"tenant_id\").reference(\"countries\").reference(\"currencies\")"
                        + ".otherwise(REFUSE)")
                .isEqualTo(NONE.everyTableWith("tenant_id").reference("countries", "currencies"))
                .isNotEqualTo(rules.otherwise(Uncovered.LOCAL));
        assertThat(NONE.rules()).isEmpty();
    }
}
