package org.citustenancy.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectRequest;
import org.citustenancy.ProjectTables;
import org.citustenancy.ProjectTemplate;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.plan.RepairOptions;
import org.citustenancy.plan.Severity;
import org.citustenancy.plan.Step;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that a project declares: where they are stored, what finds a table that is not as they say, and what corrects it. */
@Tag("once")
@RequiresCluster
class DeclaredRulesTest {

    private static final String PASSWORD = "owners-Password";

    /** A rule of each kind, with each option, for odd names. */
    private static final DistributionRules RULES = DistributionRules.create()
            .everyTableWith("company_id", 12)
            .distribute("companies*", "id")
            .distribute("\"Odd \"\"one.\"", "Größe '\\", options -> options.shardCount(3)
                    .notColocated())
            .distribute("event*", "company", options -> options.colocatedWith("companies"))
            .byForeignKey()
            .reference("countr*")
            .local("flyway_schema_history")
            .distributeSchema("tenant_*")
            .otherwise(Uncovered.REFUSE);

    private final TestCluster nodes;
    private final CitusCluster cluster;
    private final String name = TestCluster.unique("declared");
    private final List<String> made = new ArrayList<>(List.of(name));

    DeclaredRulesTest(TestCluster nodes) {
        this.nodes = nodes;
        this.cluster = nodes.connect();
    }

    @AfterEach
    void discard() throws SQLException {
        cluster.close();
        nodes.discard(made);
    }

    private ProjectRequest request() {
        return cluster.project(name).withUser(owner(), Secret.of(PASSWORD));
    }

    private String owner() {
        return name + "_user";
    }

    private void asOwner(Project project, String sql) throws SQLException {
        nodes.ask(nodes.embedded().coordinator(), project.name(), owner(), PASSWORD, sql);
    }

    private static List<Finding> findings(Project project) {
        return TestCluster.besidesTrust(project.verify()).findings();
    }

    @Test
    void request_stores_rules_until_another_request_replaces_them() {
        Project project = request().distribution(RULES).create();

        assertThat(project.tables().rules()).contains(RULES);
        assertThat(request().create().tables().rules()).contains(RULES);
        assertThat(request().distribution(RULES).plan().isEmpty()).isTrue();

        DistributionRules others = DistributionRules.create().everyTableWith("t");
        request().distribution(rules -> rules.everyTableWith("t")).create();
        assertThat(project.tables().rules()).contains(others);
        // A new connection reads them from the registry.
        try (CitusCluster another = nodes.connect()) {
            assertThat(another.getProject(name).tables().rules()).contains(others);
        }

        request().distribution(DistributionRules.create()).create();
        assertThat(project.tables().rules()).isEmpty();
        assertThatThrownBy(() -> project.tables().apply())
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("distribution(...)");
        assertThatThrownBy(() -> project.tables().plan()).isInstanceOf(NotFoundException.class);
    }

    /**
     * A way in which a table is not as the rules say.
     *
     * @param sql leads there
     * @param finding a part of what is found
     * @param back leads back
     */
    private record Deviation(String sql, String finding, String back) {}

    private static final List<Deviation> DEVIATIONS = List.of(
            new Deviation(
                    "create table new_ads (company_id int)",
                    "to do: distribute new_ads by \"company_id\"",
                    "drop table new_ads"),
            new Deviation(
                    "select undistribute_table('ads')",
                    "to do: distribute ads by \"company_id\"",
                    "select create_distributed_table('ads', 'company_id', colocate_with => 'companies')"),
            new Deviation(
                    "select undistribute_table('countries')",
                    "to do: copy countries to every node",
                    "select create_reference_table('countries')"),
            new Deviation(
                    "create table x (company_id int, k int); select create_distributed_table('x', 'k')",
                    "The table x is distributed by \"k\"",
                    "drop table x"),
            new Deviation(
                    "create table x (company_id int); "
                            + "select create_distributed_table('x', 'company_id', colocate_with => 'none')",
                    "not colocated with",
                    "drop table x"),
            new Deviation(
                    "create table \"log.1\" (id int); select create_distributed_table('\"log.1\"', 'id', shard_count => 3)",
                    "in 3 shards, but the request is for distributed by \"id\" in 5 shards",
                    "drop table \"log.1\""),
            new Deviation(
                    "create table x (company_id int); select create_reference_table('x')",
                    "The table x is a reference table, but everyTableWith(\"company_id\") makes it distributed",
                    "drop table x"),
            new Deviation(
                    "create table jobs (id int); select create_distributed_table('jobs', 'id')",
                    "but local(\"jobs\") makes it a local table",
                    "drop table jobs"),
            new Deviation("create table x (id int)", "No rule covers the table x", "drop table x"),
            new Deviation(
                    "create table x (company_id int, id int primary key)",
                    "which is not in its primary key x_pkey",
                    "drop table x"),
            new Deviation(
                    "create table jobs (id int primary key); create table x (company_id int, job int references jobs)",
                    "leads from a distributed table to a local one",
                    "drop table x, jobs"),
            new Deviation(
                    "create table x (company_id bigint)",
                    "The column \"company_id\" of x is of type bigint",
                    "drop table x"),
            new Deviation(
                    "create table x (company_id int); create function f() returns trigger language plpgsql as "
                            + "'begin return new; end'; create trigger t before insert on x for each row execute function f()",
                    "The table x has triggers: t",
                    "drop table x; drop function f"),
            new Deviation(
                    "select citus_schema_undistribute('tenant_a')",
                    "to do: distribute the schema \"tenant_a\"",
                    "select citus_schema_distribute('tenant_a')"),
            new Deviation(
                    "drop table countries",
                    "names a table that does not exist",
                    "create table countries (id int); select create_reference_table('countries')"));

    @Test
    void verify_finds_each_way_in_which_a_table_is_not_as_the_rules_say() throws SQLException {
        Project project = request()
                .distribution(rules -> rules.everyTableWith("company_id")
                        .distribute("\"log.1\"", "id", options -> options.shardCount(5))
                        .reference("countries")
                        .local("jobs")
                        .distributeSchema("tenant_*"))
                .create();
        nodes.ask(name, "create schema tenant_a authorization " + owner());
        asOwner(project, "create table tenant_a.items (id int)");
        asOwner(project, "create table companies (company_id int); create table ads (company_id int)");
        asOwner(project, "create table countries (id int); create table \"log.1\" (id int)");
        project.tables().apply();
        asOwner(project, "drop table \"log.1\"");
        List<String> before = whats(project);

        for (Deviation deviation : DEVIATIONS) {
            asOwner(project, deviation.sql());
            List<String> found = new ArrayList<>(whats(project));
            found.removeAll(before);
            assertThat(found).as(deviation.sql()).anyMatch(what -> what.contains(deviation.finding()));
            asOwner(project, deviation.back());
        }
        assertThat(whats(project)).isEqualTo(before);
    }

    private static List<String> whats(Project project) {
        return findings(project).stream().map(Finding::what).toList();
    }

    @Test
    void verify_finds_what_a_migration_left_and_apply_corrects_it() throws SQLException {
        String owner = owner();
        // begin distribution-declared
        Project shop = cluster.project(name)
                .withUser(owner, Secret.of(PASSWORD))
                .distribution(rules -> rules.everyTableWith("company_id").reference("countries"))
                .create();
        // end distribution-declared
        assertThat(findings(shop)).isEmpty();

        asOwner(shop, "create table countries (id int primary key)");
        asOwner(shop, "create table ads (company_id int, id int, primary key (company_id, id))");
        asOwner(shop, "insert into ads select 1, i from generate_series(1, 10) i");
        asOwner(shop, "create table forgotten (id int)");

        assertThat(findings(shop))
                .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING))
                .extracting(Finding::what)
                .satisfiesExactlyInAnyOrder(
                        reference -> assertThat(reference).contains("countries"),
                        distributed -> assertThat(distributed).contains("distribute ads by \"company_id\""),
                        uncovered -> assertThat(uncovered).contains("No rule covers the table forgotten"));
        assertThatThrownBy(() -> shop.tables().apply())
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("No rule covers the table forgotten");

        asOwner(shop, "drop table forgotten");
        assertThat(shop.tables().plan().steps()).hasSize(2);
        assertThat(shop.tables().apply().steps()).hasSize(2);
        assertThat(findings(shop)).isEmpty();
        assertThat(shop.tables().plan().isAsDeclared()).isTrue();
    }

    @Test
    void verification_is_repeated_after_the_rules_have_changed() throws SQLException {
        Project project =
                request().distribution(rules -> rules.everyTableWith("id")).create();
        asOwner(project, "create table forgotten (company_id int)");
        request().distribution(rules -> rules.otherwise(Uncovered.LOCAL)).create();
        assertThat(findings(project)).isEmpty();
        cluster.verify();

        request().distribution(rules -> rules.otherwise(Uncovered.REFERENCE)).create();

        assertThat(cluster.verify().projects())
                .filteredOn(verification -> verification.project().equals(name))
                .singleElement()
                .satisfies(verification -> assertThat(
                                TestCluster.besidesTrust(verification).findings())
                        .extracting(Finding::what)
                        .singleElement()
                        .asString()
                        .contains("forgotten"));
    }

    @Test
    void repair_distributes_tables_only_if_its_options_say_so() throws SQLException {
        Project project = request()
                .distribution(rules -> rules.everyTableWith("company_id"))
                .create();
        asOwner(project, "create table ads (company_id int, id int)");

        assertThat(project.planRepair().isEmpty()).isTrue();
        assertThat(project.repair().changed()).isFalse();
        assertThat(project.tables().list()).singleElement().returns(TableKind.LOCAL, TableInfo::kind);

        assertThat(project.planRepair(RepairOptions::distributingTables).steps())
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.description()).isEqualTo("distribute ads by \"company_id\"");
                    assertThat(step.sql()).contains("create_distributed_table");
                    assertThat(step.database()).isEqualTo(name);
                });
        nodes.ask("postgres", "alter database " + name + " connection limit 7");
        ProvisioningResult result = project.repair(RepairOptions::distributingTables);
        assertThat(result.outcomes())
                .filteredOn(StepOutcome::done)
                .extracting(StepOutcome::step)
                .extracting(Step::description)
                .hasSizeGreaterThan(1)
                .last()
                .isEqualTo("distribute ads by \"company_id\"");
        assertThat(project.tables().list()).singleElement().returns(TableKind.DISTRIBUTED, TableInfo::kind);
        assertThat(project.repair(RepairOptions::distributingTables).changed()).isFalse();
        assertThat(project.planRepair(RepairOptions::distributingTables).isEmpty())
                .isTrue();

        asOwner(project, "create table forgotten (id int)");
        assertThatThrownBy(() -> project.planRepair(RepairOptions::distributingTables))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("forgotten");
        assertThatThrownBy(() -> project.repair(RepairOptions::distributingTables))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("forgotten");
    }

    @Test
    void copies_of_every_kind_keep_the_rules(@TempDir Path directory) {
        request().distribution(RULES).create();
        Project project = cluster.getProject(name);
        String prefix = name + "_";
        made.addAll(
                List.of(prefix + "clone", prefix + "restored", prefix + "copied", prefix + "moved", prefix + "made"));
        made.add(prefix + "template");
        ProjectTemplate template = cluster.template(
                cluster.project(prefix + "template")
                        .withUser(owner(), Secret.of(PASSWORD))
                        .distribution(RULES),
                "1",
                made -> {});
        assertThat(template.create(prefix + "made").tables().rules()).contains(RULES);

        assertThat(project.cloneTo(prefix + "clone").tables().rules()).contains(RULES);
        project.backup(directory.resolve("backup"));
        assertThat(cluster.backups()
                        .restore(directory.resolve("backup"))
                        .as(prefix + "restored")
                        .create()
                        .tables()
                        .rules())
                .contains(RULES);
        Project copied = project.copyTo(cluster).as(prefix + "copied").create();
        assertThat(copied.tables().rules()).contains(RULES);
        assertThat(copied.moveTo(cluster).as(prefix + "moved").create().tables().rules())
                .contains(RULES);
    }

    @Test
    void connection_of_a_user_does_not_know_the_rules() throws SQLException {
        Project project = request().distribution(RULES).create();
        try (Connection connection =
                DriverManager.getConnection(project.connection(owner()).jdbcUrl(), owner(), PASSWORD)) {
            assertThatThrownBy(() -> ProjectTables.over(connection).apply())
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("pass the rules");
        }
        assertThat(project.tables(project.connection(owner())).rules()).contains(RULES);
    }
}
