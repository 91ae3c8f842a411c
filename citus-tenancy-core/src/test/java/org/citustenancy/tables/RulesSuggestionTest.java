package org.citustenancy.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectTables;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Schemas become distributed by what {@code suggest()} says, with their rows; one project, emptied after each test. */
@Tag("once")
@RequiresCluster
@TestInstance(Lifecycle.PER_CLASS)
class RulesSuggestionTest {

    private static final String PASSWORD = "owners-Password";

    private final TestCluster nodes;
    private final CitusCluster cluster;
    private final Project project;
    private final String owner;

    RulesSuggestionTest(TestCluster nodes) {
        this.nodes = nodes;
        this.cluster = nodes.connect();
        String name = TestCluster.unique("suggested");
        this.owner = name + "_user";
        this.project =
                cluster.project(name).withUser(owner, Secret.of(PASSWORD)).create();
    }

    @AfterEach
    void empty() throws SQLException {
        asOwner("do $$ declare names text; begin "
                + "select string_agg(c.oid::regclass::text, ', ') into names from pg_class c "
                + "where c.relkind in ('r', 'p') and not c.relispartition and pg_get_userbyid(c.relowner) = current_user "
                + "and not relation_is_a_known_shard(c.oid); "
                + "if names is not null then execute 'drop table ' || names || ' cascade'; end if; end $$");
        asOwner("drop type if exists rating");
    }

    @AfterAll
    void disconnect() {
        cluster.close();
    }

    private List<String> asOwner(String sql) throws SQLException {
        return nodes.ask(nodes.embedded().coordinator(), project.name(), owner, PASSWORD, sql);
    }

    private RulesSuggestion suggest() {
        return project.tables().suggest();
    }

    /** Compares a suggestion with a file, which the documents show. */
    private static void assertPrints(RulesSuggestion suggestion, String file) throws IOException {
        try (InputStream expected =
                Objects.requireNonNull(RulesSuggestionTest.class.getResourceAsStream("/output/" + file))) {
            assertThat(suggestion + "\n").isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Changes the keys and applies the rules, as a reader of the suggestion would. */
    private void follow(RulesSuggestion suggestion) throws SQLException {
        assertThat(suggestion.plan().problems()).isEmpty();
        asOwner(String.join("; ", suggestion.changes().before()));
        TablesPlan done = project.tables().apply(suggestion.rules());
        assertThat(done.steps()).isEqualTo(suggestion.plan().steps());
        asOwner(String.join("; ", suggestion.changes().after()));
        assertThat(project.tables().plan(suggestion.rules()).isAsDeclared()).isTrue();
        // What is distributed already decides about the next suggestion.
        RulesSuggestion again = suggest();
        assertThat(again.changes().isEmpty()).isTrue();
        assertThat(again.plan().isAsDeclared()).as(again.toString()).isTrue();
    }

    private List<String> distributed() {
        return project.tables().list().stream()
                .filter(table -> table.kind() == TableKind.DISTRIBUTED)
                .map(table -> table.name() + " by " + table.distributionColumn().orElseThrow())
                .toList();
    }

    @Test
    void tables_of_companies_are_distributed_by_company_after_their_keys_contain_it() throws SQLException, IOException {
        asOwner(SuggestedSchemas.COMPANIES);

        RulesSuggestion suggestion = suggest();

        assertThat(suggestion.rules())
                .isEqualTo(DistributionRules.create()
                        .everyTableWith("company_id")
                        .distribute("companies", "id")
                        .reference("countries")
                        .local("schema_migrations"));
        assertThat(suggestion.changes().before())
                .containsSubsequence(
                        "alter table \"public\".\"ads\" drop constraint \"ads_campaign_id_fkey\"",
                        "alter table \"public\".\"ads\" drop constraint \"ads_pkey\"",
                        "alter table \"public\".\"ads\" add constraint \"ads_pkey\" primary key (\"company_id\", \"id\")",
                        "drop index \"public\".\"index_campaigns_on_name\"",
                        "create unique index \"index_campaigns_on_name\" on \"public\".\"campaigns\"(\"company_id\", "
                                + "\"name\")",
                        "alter table \"public\".\"ads\" add constraint \"ads_campaign_id_fkey\" foreign key "
                                + "(\"company_id\", \"campaign_id\") references \"public\".\"campaigns\" "
                                + "(\"company_id\", \"id\") on delete cascade")
                .contains(
                        "alter table \"public\".\"ads\" add constraint \"ads_next_id_fkey\" foreign key "
                                + "(\"company_id\", \"next_id\") references \"public\".\"ads\" (\"company_id\", \"id\") "
                                + "/* without its action on delete, which would change the distribution column */",
                        "alter table \"public\".\"clicks\" add constraint \"clicks_ad_id_fkey\" foreign key "
                                + "(\"company_id\", \"ad_id\") references \"public\".\"ads\" (\"company_id\", \"id\") "
                                + "deferrable initially deferred");
        assertThat(suggestion.reasons())
                .extracting(SuggestedRule::reason)
                .contains(
                        "3 of 6 tables; \"company_id\" is the key of companies",
                        "a migration tool keeps its history in it");
        assertPrints(suggestion, "suggestion-companies.txt");
        follow(suggestion);
        assertThat(distributed())
                .containsExactly(
                        "ads by company_id", "campaigns by company_id", "clicks by company_id", "companies by id");
        assertThat(
                        asOwner(
                                "select (select count(*) from ads), (select count(*) from clicks), (select count(*) from companies)"))
                .containsExactly("40|400|20");
        assertThatThrownBy(() -> asOwner("insert into clicks values (999, 1, 999)"))
                .hasMessageContaining("foreign key");
    }

    @Test
    void a_bank_is_distributed_by_branch_and_its_sizes_are_a_reason() throws SQLException {
        asOwner(SuggestedSchemas.BANK);

        RulesSuggestion suggestion = suggest();

        assertThat(suggestion.rules()).isEqualTo(DistributionRules.create().everyTableWith("bid"));
        assertThat(suggestion.reasons().get(0).reason())
                .isEqualTo("4 of 4 tables with 100 % of the bytes; \"bid\" is the key of branches");
        assertThat(suggestion.alternatives())
                .anyMatch(other -> other.startsWith("by \"aid\" of accounts: 2 of 4 tables"));
        follow(suggestion);
        assertThat(asOwner("select count(*) from accounts join branches using (bid)"))
                .containsExactly("20000");
    }

    @Test
    void a_clinic_is_distributed_by_the_table_at_the_end_of_the_references() throws SQLException, IOException {
        asOwner(SuggestedSchemas.CLINIC);

        RulesSuggestion suggestion = suggest();

        assertPrints(suggestion, "suggestion-clinic.txt");
        follow(suggestion);
        assertThat(distributed()).containsExactly("pets by id", "visits by pet_id");
        assertThat(suggestion.rules().rules())
                .extracting(TableRule::toString)
                .contains("reference(\"owners\")", "reference(\"types\")", "local(\"vets\")");
        assertThat(asOwner("insert into visits (pet_id) values (1) returning id"))
                .containsExactly("4");
    }

    @Test
    void a_rental_shop_is_distributed_by_customer_with_its_partitions() throws SQLException {
        asOwner(SuggestedSchemas.RENTALS);

        RulesSuggestion suggestion = suggest();

        assertThat(suggestion.changes().before())
                .contains("alter table \"public\".\"payments_1\" drop constraint \"payments_1_rental\"")
                .contains(
                        "alter table \"public\".\"payments_2\" add constraint \"payments_2_rental\" foreign key "
                                + "(\"customer_id\", \"rental_id\") references \"public\".\"rentals\" (\"customer_id\", \"rental_id\")");
        assertThat(suggestion.changes().after())
                .containsExactly("alter table \"public\".\"staff\" add constraint \"staff_store_id_fkey\" foreign key "
                        + "(\"store_id\") references \"public\".\"stores\" (\"store_id\")");
        follow(suggestion);
        assertThat(distributed())
                .contains("customers by customer_id", "payments by customer_id", "rentals by customer_id");
        assertThat(asOwner("select count(*) from payments join rentals using (customer_id, rental_id)"))
                .containsExactly("5000");
    }

    @Test
    void foreign_keys_of_partitions_become_those_of_the_table_while_local_tables_are_connected() throws SQLException {
        asOwner(SuggestedSchemas.RENTALS);
        asOwner("create table film_notes (film_id int references films, note text)");

        RulesSuggestion suggestion = suggest();

        assertThat(suggestion.changes().before())
                .contains("alter table \"public\".\"payments_2\" drop constraint \"payments_2_rental\"")
                .contains("alter table \"public\".\"payments\" add constraint \"payments_1_customer\" foreign key "
                        + "(\"customer_id\") references \"public\".\"customers\" (\"customer_id\")")
                .filteredOn(change -> change.contains("add constraint \"payments_1_rental\"")
                        || change.contains("add constraint \"payments_2_rental\""))
                .singleElement()
                .asString()
                .startsWith("alter table \"public\".\"payments\" add");
        follow(suggestion);
    }

    @Test
    void schemas_with_the_same_tables_are_suggested_as_distributed_schemas() throws SQLException {
        for (String schema : List.of("tenant_a", "tenant_b")) {
            nodes.ask(project.name(), "create schema " + schema + " authorization " + owner);
            asOwner("create table " + schema + ".items (id int primary key)");
            asOwner("create table " + schema + ".parts (item int references " + schema + ".items)");
        }
        asOwner("create table settings (name text)");

        RulesSuggestion suggestion = suggest();

        assertThat(suggestion.rules())
                .isEqualTo(
                        DistributionRules.create().distributeSchema("tenant_*").local("settings"));
        follow(suggestion);
        for (String schema : List.of("tenant_a", "tenant_b")) {
            project.tables().undistributeSchema(schema);
            asOwner("drop schema " + schema + " cascade");
        }
    }

    @Test
    void names_of_tables_are_no_code_of_the_program_that_rules_are_pasted_into() throws SQLException {
        asOwner("create table \"x\"\");System.exit(1);//\" (company_id int, \"\\u000a\" int)");
        asOwner("create table \"a\n;b*.c\" (company_id int)");
        asOwner("create table companies (id int primary key)");
        asOwner("create table \"l\\u0022\" (t text)");

        RulesSuggestion suggestion = suggest();

        assertThat(suggestion.rules().rules()).hasSize(3);
        assertThat(suggestion.toString().lines().limit(4))
                .containsExactly(
                        "DistributionRules.create()",
                        "        .everyTableWith(\"company_id\") // 2 of 4 tables; \"company_id\" is the key of companies",
                        "        .distribute(\"companies\", \"id\") // other tables have its key as \"company_id\"",
                        "        .local(\"l\\\\u0022\") // no distributed table references it");
        follow(suggestion);
        asOwner("alter table \"x\"\");System.exit(1);//\" rename column company_id to other");
        assertThat(TableName.of(new TableName("public", "a\n;b*.c").quoted()))
                .isEqualTo(new TableName("public", "a\n;b*.c"));
    }

    @Test
    void a_connection_of_the_owner_gets_the_same_suggestion() throws SQLException {
        asOwner(SuggestedSchemas.COMPANIES);
        ConnectionInfo info = project.connection(owner);
        try (Connection connection = DriverManager.getConnection(info.jdbcUrl(), info.user(), PASSWORD)) {
            assertThat(ProjectTables.over(connection).suggest()).isEqualTo(suggest());
        }
    }

    @Test
    void a_unique_index_of_some_rows_makes_no_table_the_root() throws SQLException {
        asOwner(
                "create table companies (id int primary key); create table users (id int, company_id int references companies, "
                        + "owns boolean); create unique index on users (company_id) where owns; "
                        + "create table invoices (id int, company_id int references companies)");

        assertThat(suggest().rules())
                .isEqualTo(
                        DistributionRules.create().everyTableWith("company_id").distribute("companies", "id"));
    }

    @Test
    void a_table_that_references_distributed_ones_by_another_column_is_named_as_a_problem() throws SQLException {
        asOwner(SuggestedSchemas.COMPANIES);
        asOwner(
                "alter table companies add code text unique; create table notes (company text references companies (code))");

        RulesSuggestion suggestion = suggest();

        assertThat(suggestion.reasons())
                .contains(new SuggestedRule(
                        new TableRule.Local("notes"), "it references distributed tables; see the problems"));
        assertThat(suggestion.plan().problems())
                .anySatisfy(problem -> assertThat(problem.table()).contains(TableName.of("notes")));
    }

    @Test
    void an_interrupt_ends_the_planning() throws SQLException {
        asOwner(SuggestedSchemas.CLINIC);
        ConnectionInfo info = project.connection(owner);
        try (Connection connection = DriverManager.getConnection(info.jdbcUrl(), info.user(), PASSWORD)) {
            ProjectTables tables = ProjectTables.over(connection);
            Thread.currentThread().interrupt();
            assertThatThrownBy(tables::suggest).isInstanceOf(OperationInterruptedException.class);
        } finally {
            // Without it, the next call of this thread would fail.
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void an_empty_project_gets_no_suggestion() {
        RulesSuggestion suggestion = suggest();

        assertThat(suggestion.rules().isEmpty()).isTrue();
        assertThat(suggestion)
                .hasToString(
                        "no suggestion: no table has a column by which it could be distributed together with others");
    }
}
