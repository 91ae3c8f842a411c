package org.citustenancy.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectTables;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.tables.TableProblem.Kind;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How all tables of a project become distributed as rules say; one project, emptied after each test. */
@Tag("once")
@RequiresCluster
@TestInstance(Lifecycle.PER_CLASS)
class DistributionRulesTest {

    private static final String PASSWORD = "owners-Password";
    private static final DistributionRules BY_TENANT =
            DistributionRules.create().everyTableWith("t").otherwise(Uncovered.LOCAL);

    private final TestCluster nodes;
    private final CitusCluster cluster;
    private final Project project;
    private final String owner;
    private final ProjectTables tables;

    DistributionRulesTest(TestCluster nodes) {
        this.nodes = nodes;
        this.cluster = nodes.connect();
        String name = TestCluster.unique("rules");
        this.owner = name + "_user";
        this.project =
                cluster.project(name).withUser(owner, Secret.of(PASSWORD)).create();
        this.tables = project.tables();
    }

    @AfterEach
    void empty() throws SQLException {
        asOwner("do $$ declare names text; begin "
                + "select string_agg(c.oid::regclass::text, ', ') into names from pg_class c "
                + "where c.relkind in ('r', 'p') and not c.relispartition and pg_get_userbyid(c.relowner) = current_user "
                + "and not relation_is_a_known_shard(c.oid); "
                + "if names is not null then execute 'drop table ' || names || ' cascade'; end if; end $$");
    }

    @AfterAll
    void disconnect() {
        cluster.close();
    }

    private List<String> asOwner(String sql) throws SQLException {
        return nodes.ask(nodes.embedded().coordinator(), project.name(), owner, PASSWORD, sql);
    }

    private Connection ownersConnection() throws SQLException {
        ConnectionInfo info = project.connection(owner);
        return DriverManager.getConnection(info.jdbcUrl(), info.user(), PASSWORD);
    }

    private TableInfo info(String table) {
        return info(tables.list(), table);
    }

    private static TableInfo info(List<TableInfo> all, String table) {
        TableName name = TableName.of(table);
        return all.stream().filter(info -> info.name().equals(name)).findFirst().orElseThrow();
    }

    /** A shop system of several companies, with rows in it, as a migration creates it. */
    private static final String SHOP = """
            create table flyway_schema_history (version int primary key);
            create table currencies (code text primary key);
            create table countries (id int primary key, currency text references currencies);
            create table companies (id bigint primary key, country int references countries);
            create table campaigns (company_id bigint references companies, id bigint, country int references countries,
                primary key (company_id, id));
            create table ads (company_id bigint, id bigint, campaign_id bigint, primary key (company_id, id),
                foreign key (company_id, campaign_id) references campaigns on delete cascade);
            create table clicks (company_id bigint, ad_id bigint, at date, foreign key (company_id, ad_id) references ads)
                partition by range (at);
            create table clicks_2025 partition of clicks for values from ('2025-01-01') to ('2026-01-01');
            create table clicks_2026 partition of clicks for values from ('2026-01-01') to ('2027-01-01');
            create table employees (company_id bigint, id bigint, boss bigint, primary key (company_id, id),
                foreign key (company_id, boss) references employees);
            create table "Odd ""one.Größe" (company_id bigint, "Größe" int);
            alter table "Odd ""one.Größe" enable row level security;
            create policy own on "Odd ""one.Größe" using (company_id > 0);
            create table invoices (id bigint generated always as identity, company bigint references companies);
            create table invoice_lines (company bigint, line int);
            create table offices (id bigint primary key, country int references countries);
            create table desks (office bigint references offices);
            create table audit.events (device_id uuid, note text);
            create table tenant_a.items (id int primary key, country int references countries);
            create table tenant_a.parts (item int references tenant_a.items);
            create table tenant_b.items (id int primary key);
            create view totals as select company_id, count(*) from ads group by company_id;
            insert into currencies values ('EUR');
            insert into countries select i, 'EUR' from generate_series(1, 5) as i;
            insert into companies select i, 1 + i % 5 from generate_series(1, 40) as i;
            insert into campaigns select 1 + i % 40, i, 1 + i % 5 from generate_series(1, 120) as i;
            insert into ads select company_id, id, id from campaigns;
            insert into clicks select company_id, id, date '2025-06-01' + (id % 2)::int * 365 from ads;
            insert into employees select i, i, null from generate_series(1, 40) as i;
            insert into employees select i, 100 + i, i from generate_series(1, 40) as i;
            insert into "Odd ""one.Größe" values (1, 1);
            insert into invoices (company) select id from companies;
            insert into invoice_lines select id, 1 from companies;
            insert into offices values (1, 1);
            insert into desks values (1);
            insert into audit.events values (gen_random_uuid(), 'note');
            insert into tenant_a.items values (1, 1);
            insert into tenant_a.parts values (1)
            """;

    private static final DistributionRules SHOP_RULES = DistributionRules.create()
            .everyTableWith("company_id")
            .distribute("companies", "id")
            .distribute("audit.*", "device_id", options -> options.shardCount(8))
            .distribute("invoice_lines", "company", options -> options.colocatedWith("companies"))
            .byForeignKey()
            .reference("countries", "currencies")
            .local("flyway_schema_history", "off*", "desks")
            .distributeSchema("tenant_*");

    private void createSchemas() throws SQLException {
        for (String schema : List.of("audit", "tenant_a", "tenant_b")) {
            nodes.ask(project.name(), "create schema if not exists " + schema + " authorization " + owner);
        }
    }

    @Test
    void apply_distributes_a_whole_schema_with_its_rows_and_keeps_it_so() throws SQLException {
        createSchemas();
        asOwner(SHOP);

        TablesPlan plan = tables.plan(SHOP_RULES);

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.isAsDeclared()).isFalse();
        assertThat(plan.tables())
                .extracting(table -> table.table().name() + ": " + table.target() + ", " + table.rule())
                .contains(
                        "ads: distributed by \"company_id\", everyTableWith(\"company_id\")",
                        "companies: distributed by \"id\", distribute(\"companies\", \"id\")",
                        "invoices: distributed by \"company\", colocated with companies, byForeignKey()",
                        "offices: a local table, local(\"off*\")",
                        "tenant_a.items: part of a distributed schema, distributeSchema(\"tenant_*\")")
                .noneMatch(line -> line.startsWith("clicks_2025"));
        assertThat(tables.list()).allMatch(table -> table.kind() == TableKind.LOCAL);

        TablesPlan done = tables.apply(SHOP_RULES);

        assertThat(done.steps()).isEqualTo(plan.steps());
        assertThat(done.tables()).allMatch(PlannedTable::asDeclared);
        List<TableInfo> after = tables.list();
        for (String table : List.of(
                "campaigns", "ads", "clicks", "employees", "\"Odd \"\"one.Größe\"", "invoices", "invoice_lines")) {
            assertThat(info(after, table).kind()).isEqualTo(TableKind.DISTRIBUTED);
            assertThat(info(after, table).colocation())
                    .as(table)
                    .isEqualTo(info(after, "companies").colocation());
        }
        assertThat(info(after, "audit.events").shards()).hasValue(8);
        assertThat(info(after, "countries").kind()).isEqualTo(TableKind.REFERENCE);
        assertThat(info(after, "currencies").kind()).isEqualTo(TableKind.REFERENCE);
        assertThat(info(after, "offices").kind()).isEqualTo(TableKind.LOCAL);
        assertThat(info(after, "tenant_a.items").kind()).isEqualTo(TableKind.SCHEMA);
        assertThat(info(after, "tenant_b.items").kind()).isEqualTo(TableKind.SCHEMA);
        assertThat(asOwner("select (select count(*) from companies), (select count(*) from ads), "
                        + "(select count(*) from clicks), (select count(*) from employees), (select count(*) from desks), "
                        + "(select count(*) from tenant_a.parts), (select count(*) from totals)"))
                .containsExactly("40|120|120|80|1|1|40");
        // The foreign key of a local table is still enforced.
        assertThatThrownBy(() -> asOwner("insert into offices values (2, 99)")).hasMessageContaining("foreign key");
        assertThatThrownBy(() -> asOwner("insert into ads values (1, 999, 999)"))
                .hasMessageContaining("foreign key");

        assertThat(tables.apply(SHOP_RULES).steps()).isEmpty();
        assertThat(tables.plan(SHOP_RULES).isAsDeclared()).isTrue();

        // The next migration is ordinary SQL.
        asOwner("create table coupons (company_id bigint, id bigint, primary key (company_id, id))");
        asOwner("create table tenant_b.notes (id int)");
        assertThat(tables.apply(SHOP_RULES).steps())
                .extracting(TableStep::description)
                .containsExactly("distribute coupons by \"company_id\"");
        assertThat(info("coupons").colocation()).isEqualTo(info("companies").colocation());
        for (String schema : List.of("tenant_a", "tenant_b")) {
            project.tables().undistributeSchema(schema);
        }
    }

    static Stream<Arguments> refusals() {
        String id = "create table x (id int primary key, t int); ";
        String trigger = "create or replace function nothing() returns trigger language plpgsql as "
                + "$$ begin return new; end $$; ";
        String parent = "create table p (t int, id int, primary key (t, id)); ";
        DistributionRules reference = DistributionRules.create().reference("r").otherwise(Uncovered.LOCAL);
        return Stream.of(
                refusal(
                        Kind.KEY,
                        id,
                        BY_TENANT,
                        "which is not in its primary key x_pkey (\"id\")",
                        "ALTER TABLE \"public\".\"x\" DROP CONSTRAINT \"x_pkey\", ADD PRIMARY KEY (\"t\", \"id\")",
                        "create_distributed_table('x', 't')"),
                refusal(
                        Kind.KEY,
                        "create table x (id int, t int); create unique index u on x ((id + 1), id)",
                        BY_TENANT,
                        "its unique key u ((expression), \"id\")",
                        "UNIQUE (\"t\", (expression), \"id\")",
                        "create_distributed_table('x', 't')"),
                refusal(
                        Kind.KEY,
                        "create table x (t int, r int4range, exclude using gist (r with &&))",
                        BY_TENANT,
                        "its exclusion constraint x_r_excl (\"r\") does not compare by equality",
                        "\"t\" WITH =",
                        "create_distributed_table('x', 't')"),
                refusal(
                        Kind.KEY,
                        "create table x (t int, k int) partition by range (k); create table x1 partition of x "
                                + "for values from (0) to (9); create unique index u on x1 (k)",
                        BY_TENANT,
                        "its unique key u (\"k\")",
                        "UNIQUE (\"t\", \"k\")",
                        "create_distributed_table('x', 't')"),
                refusal(
                        Kind.TRIGGER,
                        trigger + "create table x (t int); create trigger tick before insert on x for each "
                                + "row execute function nothing()",
                        BY_TENANT,
                        "The table x has triggers: tick",
                        "citus.enable_unsafe_triggers",
                        "create_distributed_table('x', 't')"),
                refusal(
                        Kind.POLICY,
                        "create table x (t int); create policy p on x using (exists (select from pg_class))",
                        BY_TENANT,
                        "Policies of the table x contain subqueries: p",
                        "without a subquery",
                        "create_distributed_table('x', 't')"),
                refusal(
                        Kind.INHERITANCE,
                        "create table r (k int); create table x () inherits (r)",
                        reference,
                        "The table r inherits",
                        "NO INHERIT",
                        "create_reference_table('r')"),
                refusal(
                        Kind.PARTITIONING,
                        "create table x (t int, k int) partition by range (k); create table x1 partition "
                                + "of x for values from (0) to (9) partition by range (t)",
                        BY_TENANT,
                        "The table x has partitions that are partitioned",
                        "one level",
                        "create_distributed_table('x', 't')"),
                refusal(
                        Kind.PARTITIONING,
                        "create table r (k int) partition by range (k)",
                        reference,
                        "The table r is partitioned, so it cannot be a reference table",
                        "distribute it by a column",
                        "create_reference_table('r')"),
                refusal(
                        Kind.GENERATED_COLUMN,
                        "create table x (id int, t int generated always as (id + 1) stored)",
                        BY_TENANT,
                        "The column \"t\" of x is computed",
                        "DROP EXPRESSION",
                        "create_distributed_table('x', 't')"),
                refusal(
                        Kind.COLUMN_TYPE,
                        "create table x (t json)",
                        BY_TENANT,
                        "The column \"t\" of x is of type json, whose values cannot be hashed",
                        "another column",
                        "create_distributed_table('x', 't')"),
                refusal(
                        Kind.COLUMN_TYPE,
                        "create table a (t int); create table b (t int); create table x (t bigint)",
                        BY_TENANT,
                        "The column \"t\" of x is of type bigint, but \"t\" of a, with which "
                                + "everyTableWith(\"t\") colocates it, is of type integer",
                        "ALTER COLUMN",
                        "create_distributed_table('a', 't'), create_distributed_table('x', 't', colocate_with => 'a')"),
                refusal(
                        Kind.FOREIGN_KEY,
                        "create table l (id int primary key); create table x (t int, l int references l)",
                        BY_TENANT,
                        "The foreign key x_l_fkey of x (l) to l (id) leads from a distributed table to a local "
                                + "one",
                        "make l a reference table",
                        "create_distributed_table('x', 't')"),
                refusal(
                        Kind.FOREIGN_KEY,
                        "create table x (t int primary key); create table r (k int references x)",
                        BY_TENANT.reference("r"),
                        "leads from a reference table to a distributed table",
                        "distribute r, too",
                        "create_distributed_table('x', 't'), create_reference_table('r')"),
                refusal(
                        Kind.FOREIGN_KEY,
                        parent + "create table x (t int, a int, foreign key (a, t) references p)",
                        BY_TENANT,
                        "must contain the distribution columns \"t\" and \"t\" at the same place",
                        "replace it",
                        "create_distributed_table('p', 't'), create_distributed_table('x', 't')"),
                refusal(
                        Kind.FOREIGN_KEY,
                        parent + "create table x (t int, a int, foreign key (t, a) references p)",
                        BY_TENANT.distribute("x", "t", options -> options.notColocated()),
                        "connects distributed tables that are not colocated",
                        "same column type",
                        "create_distributed_table('p', 't'), "
                                + "create_distributed_table('x', 't', colocate_with => 'none')"),
                refusal(
                        Kind.FOREIGN_KEY,
                        parent + "create table x (t int, a int, foreign key (t, a) references p "
                                + "on delete set null (a))",
                        BY_TENANT,
                        "changes the distribution column \"t\" when the referenced row is deleted",
                        "without ON DELETE SET NULL",
                        "create_distributed_table('p', 't'), create_distributed_table('x', 't')"),
                refusal(
                        Kind.FOREIGN_KEY,
                        parent + "create table x (t int, a int, foreign key (t, a) references p "
                                + "on update cascade)",
                        BY_TENANT,
                        "changes the distribution column \"t\" when the referenced row changes",
                        "without ON UPDATE CASCADE",
                        "create_distributed_table('p', 't'), create_distributed_table('x', 't')"),
                refusal(
                        Kind.FOREIGN_KEY,
                        "create table a (t int primary key); create table b (t int primary key references "
                                + "a); alter table a add foreign key (t) references b",
                        BY_TENANT,
                        "in a circle, so that none of them can be the first: a, b",
                        "drop one of the foreign keys",
                        "create_distributed_table('a', 't')"));
    }

    private static Arguments refusal(
            Kind kind, String schema, DistributionRules rules, String what, String fix, String distribution) {
        return Arguments.of(kind, schema, rules, what, fix, distribution);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("refusals")
    void plan_reports_what_citus_refuses(
            Kind kind, String schema, DistributionRules rules, String what, String fix, String distribution)
            throws SQLException {
        asOwner(schema);

        TablesPlan plan = ownersPlan(rules);

        assertThat(plan.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(kind);
            assertThat(problem.what()).contains(what);
            assertThat(problem.fix()).contains(fix);
        });
        assertThatThrownBy(() -> asOwner("select " + distribution)).isInstanceOf(SQLException.class);
    }

    @Test
    void plan_reports_a_foreign_key_of_a_partition_that_prevents_local_tables_from_being_connected()
            throws SQLException {
        asOwner("create table r (id int primary key); create table l (id int references r); "
                + "create table x (t int, r int) partition by range (r); "
                + "create table x1 partition of x for values from (0) to (9); "
                + "alter table x1 add constraint of_partition foreign key (r) references r");
        DistributionRules rules = BY_TENANT.reference("r");

        assertThat(ownersPlan(rules).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.FOREIGN_KEY);
            assertThat(problem.what()).contains("of_partition").contains("of the partition x1 only");
            assertThat(problem.fix()).isEqualTo("drop it, and add it to x");
        });
        asOwner("alter table x1 drop constraint of_partition; alter table x add foreign key (r) references r");
        assertThat(tables.apply(rules).steps()).hasSize(3);
        assertThat(tables.plan(rules).isAsDeclared()).isTrue();
    }

    /** Reads over a connection, which takes fewer sessions. */
    private TablesPlan ownersPlan(DistributionRules rules) throws SQLException {
        try (Connection connection = ownersConnection()) {
            return ProjectTables.over(connection).plan(rules);
        }
    }

    @Test
    void plan_reports_rules_that_contradict_the_tables() throws SQLException {
        asOwner(
                "create table a (t int, u int); create table log_a (t int); create table log_p (k int) partition by range (k);"
                        + "create table log_p1 partition of log_p for values from (0) to (9); create table d (t int); "
                        + "create table s (t int); create table k (t int); "
                        + "select create_distributed_table('d', 't', shard_count => 4), create_reference_table('s')");

        assertThat(ownersPlan(DistributionRules.create()
                                .local("lo*")
                                .reference("log_*", "s")
                                .everyTableWith("t"))
                        .problems())
                .extracting(TableProblem::what)
                .containsExactly(
                        "The rules local(\"lo*\") and reference(\"log_*\") are all for the table log_a",
                        "The rules local(\"lo*\") and reference(\"log_*\") are all for the table log_p");
        assertThat(ownersPlan(DistributionRules.create()
                                .everyTableWith("t")
                                .everyTableWith("u")
                                .local("log_*", "s"))
                        .problems())
                .extracting(TableProblem::what)
                .contains("The rules everyTableWith(\"t\") and everyTableWith(\"u\") are all for the table a");
        assertThat(ownersPlan(DistributionRules.create()
                                .everyTableWith("tt")
                                .reference("nowhere", "log_p1")
                                .distribute("a", "v")
                                .distribute("k", "t", options -> options.colocatedWith("gone"))
                                .local("flyway_schema_history", "s", "lo*")
                                .distributeSchema("missing")
                                .otherwise(Uncovered.REFUSE))
                        .problems())
                .extracting(problem -> problem.kind() + " " + problem.what())
                .containsExactlyInAnyOrder(
                        "NOT_FOUND The rule everyTableWith(\"tt\") names a column that no table has",
                        "NOT_FOUND The rule reference(\"nowhere\") names a table that does not exist",
                        "NOT_FOUND The rule reference(\"log_p1\") names a partition of log_p, which follows that table",
                        "NOT_FOUND The rule distribute(\"a\", \"v\") names a column that the table a does not have",
                        "NOT_FOUND The rule distribute(\"k\", \"t\") colocates k with gone, which does not exist",
                        "NOT_FOUND The rule distributeSchema(\"missing\") names a schema that does not exist",
                        "UNCOVERED No rule covers the table d",
                        "DISTRIBUTED_OTHERWISE The table s is a reference table, but local(\"s\") makes it a local table");
        assertThat(ownersPlan(DistributionRules.create()
                                .distribute("d", "t", options -> options.shardCount(6))
                                .distribute("s", "t")
                                .otherwise(Uncovered.LOCAL))
                        .problems())
                .extracting(TableProblem::what)
                .containsExactlyInAnyOrder(
                        "The table d is distributed by \"t\" in 4 shards, but the request is for distributed by \"t\" in 6 "
                                + "shards (distribute(\"d\", \"t\"))",
                        "The table s is a reference table, but distribute(\"s\", \"t\") makes it distributed by \"t\"");
        assertThat(ownersPlan(DistributionRules.create()
                                .distributeSchema("pub*")
                                .local("a"))
                        .problems())
                .extracting(TableProblem::what)
                .contains("The rules distributeSchema(\"pub*\") and local(\"a\") are all for the table a");
    }

    @Test
    void apply_reports_all_problems_and_changes_nothing() throws SQLException {
        asOwner(
                "create table a (id int primary key, t int); create table b (id int unique, t int); create table c (t int)");

        assertThatThrownBy(() -> tables.apply(BY_TENANT))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("The table a cannot be distributed by \"t\"")
                .hasMessageContaining("The table b cannot be distributed by \"t\"")
                .hasMessageContaining("nothing was changed")
                .hasMessageContaining("ALTER TABLE \"public\".\"a\"");
        assertThat(tables.list()).allMatch(table -> table.kind() == TableKind.LOCAL);
    }

    @Test
    void apply_names_what_was_done_before_a_failure_and_goes_on_from_there() throws SQLException {
        asOwner("create table a (t int); create table b (t int); create table c (t int); insert into b values (null)");

        assertThatThrownBy(() -> tables.apply(BY_TENANT))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("cannot be NULL")
                .hasMessageContaining("done: distribute a by \"t\"; apply(...) goes on from there");
        assertThat(info("a").kind()).isEqualTo(TableKind.DISTRIBUTED);
        assertThat(info("c").kind()).isEqualTo(TableKind.LOCAL);

        asOwner("update b set t = 1");
        assertThat(tables.apply(BY_TENANT).steps())
                .extracting(TableStep::description)
                .containsExactly("distribute b by \"t\"", "distribute c by \"t\"");
        assertThat(info("c").colocation()).isEqualTo(info("a").colocation());
    }

    @Test
    void plan_reports_a_foreign_key_that_citus_would_stop_to_enforce() throws SQLException {
        asOwner("create table p (t int primary key); insert into p values (1); "
                + "create table l (id int references p); insert into l values (1)");

        assertThat(ownersPlan(BY_TENANT).problems())
                .singleElement()
                .hasToString("The foreign key l_id_fkey of l (id) to p (t) leads from a local table to a distributed "
                        + "table, where Citus no longer enforces it. fix: distribute l, too, or drop the foreign key");

        // Without the library, this is what happens.
        asOwner("select create_distributed_table('p', 't')");
        asOwner("delete from p");
        assertThat(asOwner("select * from l")).containsExactly("1");

        // A foreign key says by which column.
        asOwner("delete from l");
        tables.apply(DistributionRules.create().everyTableWith("t").byForeignKey());
        assertThat(info("l").distributionColumn()).contains("id");
    }

    @Test
    void plan_reports_two_foreign_keys_that_name_different_columns() throws SQLException {
        asOwner("create table p (t int primary key); create table x (a int references p, b int references p)");

        assertThat(ownersPlan(DistributionRules.create().everyTableWith("t").byForeignKey())
                        .problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(Kind.AMBIGUOUS_RULES);
                    assertThat(problem.what()).contains("x_a_fkey", "x_b_fkey");
                    assertThat(problem.fix()).contains("distribute(\"x\", \"a\")");
                });
    }

    @Test
    void tables_that_citus_has_in_its_metadata_need_their_foreign_key_dropped_for_the_time() throws SQLException {
        DistributionRules rules = BY_TENANT.reference("r");
        asOwner("create table r (id int primary key); select create_reference_table('r')");
        asOwner("create table p (t int primary key, r int references r); "
                + "create table c (t int, constraint to_p foreign key (t) references p)");

        assertThat(ownersPlan(rules).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.FOREIGN_KEY);
            assertThat(problem.what()).contains("to_p of c", "neither can be distributed before the other");
        });
        assertThatThrownBy(() -> asOwner("select create_distributed_table('p', 't')"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> asOwner("select create_distributed_table('c', 't')"))
                .isInstanceOf(SQLException.class);

        asOwner("alter table c drop constraint to_p");
        tables.apply(rules);
        asOwner("alter table c add constraint to_p foreign key (t) references p");

        assertThat(tables.plan(rules).isAsDeclared()).isTrue();

        // The other way: such a migration leaves them out of the metadata.
        asOwner("set citus.enable_local_reference_table_foreign_keys = off; "
                + "create table q (t int primary key, r int references r); create table d (t int references q)");
        tables.apply(rules);
        assertThat(info("d").kind()).isEqualTo(TableKind.DISTRIBUTED);
    }

    @Test
    void apply_distributes_every_table_with_a_column_into_the_declared_number_of_shards() throws SQLException {
        asOwner("create table p (id int primary key); create table a (t int references p); create table b (t int)");
        DistributionRules rules = DistributionRules.create()
                .everyTableWith("t", 6)
                .distribute("p", "id", options -> options.shardCount(6));

        tables.apply(rules);

        assertThat(tables.list()).extracting(TableInfo::shards).containsOnly(OptionalInt.of(6));
        assertThat(tables.list())
                .extracting(TableInfo::colocation)
                .containsOnly(info("p").colocation());
        assertThat(tables.plan(rules).isAsDeclared()).isTrue();
        assertThat(ownersPlan(rules.everyTableWith("u", 6)).problems()).hasSize(1);
        assertThat(ownersPlan(DistributionRules.create().everyTableWith("t", 7).distribute("p", "id"))
                        .problems())
                .extracting(TableProblem::kind)
                .containsOnly(Kind.DISTRIBUTED_OTHERWISE);
    }

    @Test
    void apply_runs_in_the_transaction_of_a_given_connection() throws SQLException {
        DistributionRules rules = BY_TENANT.reference("r");
        try (Connection connection = ownersConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("create table r (id int primary key); insert into r values (1); "
                    + "create table p (t int primary key, r int references r); insert into p values (7, 1); "
                    + "create table c (t int references p); insert into c values (7); "
                    + "create table l (r int references r)");
            assertThat(ProjectTables.over(connection).apply(rules).steps()).hasSize(4);
            assertThat(ProjectTables.over(connection).apply(rules).steps()).isEmpty();
            connection.rollback();
            assertThat(ProjectTables.over(connection).plan(rules).tables()).isEmpty();
        }
        assertThat(tables.list()).isEmpty();
    }

    @Test
    void tables_that_foreign_keys_connect_with_one_of_another_owner_stay_as_they_are() throws SQLException {
        DistributionRules rules = DistributionRules.create().reference("r").otherwise(Uncovered.LOCAL);
        asOwner("create table r (id int primary key); create table l (id int references r)");
        nodes.ask(project.name(), "create table admins (id int references r)");
        try {
            assertThatThrownBy(() -> tables.apply(rules))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("belong to several roles")
                    .hasMessageContaining("public.admins");
            assertThat(tables.list()).allMatch(table -> table.kind() == TableKind.LOCAL);
            assertThatThrownBy(() -> tables.reference("r"))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("belong to several roles");
        } finally {
            nodes.ask(project.name(), "drop table admins");
        }

        tables.apply(rules);
        assertThat(info("r").kind()).isEqualTo(TableKind.REFERENCE);
    }

    @Test
    void apply_moves_the_tables_of_several_owners() throws SQLException {
        String other = TestCluster.unique("other");
        nodes.ask(project.name(), "create role " + other + " login password 'x'; grant " + owner + " to " + other);
        try {
            asOwner("create table a (t int); create table b (t int); insert into a values (1)");
            nodes.ask(
                    project.name(),
                    "create table c (t int); alter table c owner to " + other + "; insert into c values (1)");

            tables.apply(BY_TENANT);

            assertThat(info("c").colocation()).isEqualTo(info("a").colocation());
            assertThat(info("b").colocation()).isEqualTo(info("a").colocation());
            assertThat(tables.plan(BY_TENANT).isAsDeclared()).isTrue();

            nodes.ask(project.name(), "create table d (t int); alter table d owner to " + other);
            assertThat(tables.plan(BY_TENANT
                                    .distribute("a", "t", options -> options.notColocated())
                                    .distribute("d", "t", options -> options.colocatedWith("a")))
                            .problems())
                    .extracting(TableProblem::kind)
                    .contains(Kind.OWNER);
        } finally {
            nodes.ask(project.name(), "drop table if exists c, d");
            nodes.ask(project.name(), "drop role " + other);
        }
    }
}
