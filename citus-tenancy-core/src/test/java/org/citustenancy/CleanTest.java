package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.TestCluster.bind;
import static org.citustenancy.testing.TestCluster.identifier;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.plan.Severity;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.ChildJvm;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.RichProject;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A project that was cleaned is like one that was just created. */
@Tag("asks-for-passwords")
@Tag("through-coordinator")
@RequiresCluster
class CleanTest {

    private static final Secret PASSWORD = Secret.of("cleaners-Password");

    /** What is in a database besides what the server and Citus have of their own, with every privilege. */
    private static final List<String> EMPTINESS = List.of(
            "select n.nspname, n.nspacl, pg_get_userbyid(n.nspowner) from pg_namespace n "
                    + "where n.nspname !~ '^pg_(temp|toast)' order by 1",
            "select datacl, datconnlimit, pg_get_userbyid(datdba) from pg_database where datname = current_database()",
            "select datname, datacl from pg_database where datname ~ '^{name}' order by 1",
            "select pg_get_userbyid(defaclrole), defaclnamespace::regnamespace, defaclobjtype, defaclacl "
                    + "from pg_default_acl order by 1, 2, 3",
            "select extname, pg_get_userbyid(extowner), extnamespace::regnamespace from pg_extension order by 1",
            "select count(*), count(*) filter (where proacl is not null), "
                    + "string_agg(proname || proacl::text, ' ' order by proname, proacl::text) from pg_proc",
            "select (pg_identify_object(classid, objid, 0)).* from pg_depend where deptype = 'e' order by 1, 2, 3, 4",
            "select c.oid::regclass, c.relkind, c.relacl from pg_class c join pg_namespace n on n.oid = c.relnamespace "
                    + "where n.nspname !~ '^pg_(temp|toast)' order by c.oid::regclass::text",
            "select oid::regtype from pg_type where typnamespace::regnamespace::text !~ '^pg_(temp|toast)' "
                    + "order by oid::regtype::text",
            "select oid::regoperator from pg_operator order by oid::regoperator::text",
            "select (select count(*) from pg_cast), (select count(*) from pg_collation where oid > 16383), "
                    + "(select count(*) from pg_conversion), (select count(*) from pg_opclass), (select count(*) from pg_opfamily), "
                    + "(select count(*) from pg_statistic_ext), (select count(*) from pg_ts_config), (select count(*) from pg_ts_dict), "
                    + "(select count(*) from pg_largeobject_metadata), (select count(*) from pg_publication), "
                    + "(select count(*) from pg_policy), (select count(*) from pg_rewrite), (select count(*) from pg_trigger)",
            // Citus notes the schema public, and extensions, with the first object that needs them.
            "select (pg_identify_object(classid, objid, 0)).identity from pg_dist_object "
                    + "where classid <> 'pg_extension'::regclass "
                    + "and (classid, objid) <> ('pg_namespace'::regclass, 'public'::regnamespace) order by 1",
            "select (select count(*) from pg_dist_partition), (select count(*) from pg_dist_shard), "
                    + "(select count(*) from pg_dist_schema), (select count(*) from pg_dist_placement)",
            "select rolname, rolconnlimit, rolvaliduntil from pg_roles where rolname ~ '^{name}' "
                    + "or rolname like 'citus_tenancy_tmp%' and shobj_description(oid, 'pg_authid') like '%{name}' order by 1",
            "select rolname, unnest(setconfig) from pg_db_role_setting join pg_database d on d.oid = setdatabase "
                    + "left join pg_roles r on r.oid = setrole where datname = current_database() order by 1, 2");

    private final TestCluster nodes;

    CleanTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void clean_drops_all_objects_of_users_and_nothing_else() throws Exception {
        String name = TestCluster.unique("clean");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = RichProject.request(cluster, name).create();
            cluster.project(name + "_other")
                    .withUser(RichProject.owner(name), RichProject.PASSWORD)
                    .create();
            SortedMap<String, List<String>> empty = picture(name);
            assertThat(project.planClean().steps()).isEmpty();
            RichProject rich = RichProject.create(nodes, cluster, name);
            RichProject.State made = rich.state();
            makeOddThings(rich);

            assertThat(project.planClean().toString()).contains("drop table public.account as", "drop operator ");
            ProvisioningResult result = project.clean();

            assertSame(picture(name), empty);
            assertThat(result.changed()).isTrue();
            assertThat(result.waiting()).hasSize(10);
            assertThat(TestCluster.besidesTrust(project.verify()).findings())
                    .allMatch(finding -> finding.severity() == Severity.NOTICE);
            assertThat(project.planRepair().steps()).isEmpty();
            assertThat(project.planClean().steps()).isEmpty();
            assertThat(project.clean().changed()).isFalse();

            // Grants that wait are given when there is such a table again.
            assertThat(RichProject.create(nodes, cluster, name).state()).isEqualTo(made);
            cluster.getProject(name + "_other").drop();
            project.drop();
        }
    }

    /** What belongs to other users than the owner, what Citus does not carry, and what is on one node only. */
    private void makeOddThings(RichProject rich) throws SQLException {
        String writer = RichProject.users(rich.name()).get(1);
        try (Connection owner = rich.openAs(rich.name(), rich.owner())) {
            for (String object : List.of(
                    "create schema \"Sha'red\"",
                    "grant usage, create on schema \"Sha'red\" to " + identifier(writer),
                    "create function same(a bigint, b bigint) returns boolean language sql immutable as 'select $1 = $2'",
                    "create operator ==? (leftarg = bigint, rightarg = bigint, function = same)",
                    "create function mood(t text) returns \"Mood Of\" language sql immutable as "
                            + "$$ select 'happy'::\"Mood Of\" $$",
                    "create cast (text as \"Mood Of\") with function mood(text)",
                    "create collation \"Own\" from \"C\"",
                    "create conversion own_conversion for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8",
                    "create text search dictionary own_words (template = pg_catalog.simple)",
                    "create text search configuration own_search (copy = pg_catalog.simple)",
                    "create type own_range as range (subtype = float8)",
                    "create statistics own_statistics on id, v from known",
                    "create rule quiet as on delete to known do instead nothing",
                    "create publication all_of_it for table note",
                    "select lo_create(4711)",
                    "alter default privileges grant select on tables to " + identifier(rich.reader()))) {
                TestCluster.ask(owner, object);
            }
        }
        try (Connection other = rich.openAs(rich.name(), writer)) {
            TestCluster.ask(other, "create table \"Sha'red\".mine (id int primary key, country text)");
            // Which the nodes' own functions do not let this user make on workers.
            TestCluster.ask(other, "set citus.enable_ddl_propagation = off");
            TestCluster.ask(other, "create function \"Sha'red\".f() returns int language sql as 'select 1'");
        }
        nodes.ask(rich.name(), "create view public.of_the_admin as select id from public.account");
        EmbeddedNode worker = nodes.embedded().workers().get(0);
        for (String object : List.of(
                "create table only_here (id int primary key)",
                "create function only_here(a bigint) returns bigint language sql immutable as 'select $1'",
                "create operator @#@ (rightarg = bigint, function = only_here)")) {
            nodes.ask(
                    worker,
                    rich.name(),
                    rich.owner(),
                    RichProject.PASSWORD.reveal(),
                    "set citus.enable_ddl_propagation = off; " + object);
        }
    }

    private SortedMap<String, List<String>> picture(String project) throws SQLException {
        SortedMap<String, List<String>> picture = new TreeMap<>();
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            for (String question : EMPTINESS) {
                picture.put(node + " " + question, nodes.ask(node, project, question.replace("{name}", project)));
            }
        }
        return picture;
    }

    private static void assertSame(SortedMap<String, List<String>> now, SortedMap<String, List<String>> before) {
        before.forEach(
                (question, answer) -> assertThat(now.get(question)).as(question).containsExactlyElementsOf(answer));
    }

    @Test
    void clean_keeps_objects_of_superusers_and_temporary_tables() throws Exception {
        String name = TestCluster.unique("clean_stays");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = small(cluster, name);
            nodes.ask(name, "create table public.of_the_admin as select 1 as id");
            try (Connection owner = open(name)) {
                TestCluster.ask(owner, "create temporary table scratch as select 7 as id");
                TestCluster.ask(owner, "create table note (id int)");

                project.clean();

                assertThat(TestCluster.ask(owner, "select id from scratch")).containsExactly("7");
                assertThat(TestCluster.ask(owner, "select to_regclass('note')")).containsExactly("null");
            }
            assertThat(nodes.ask(name, "select id from public.of_the_admin")).containsExactly("1");
            project.drop();
            assertThatThrownBy(project::clean).isInstanceOf(NotFoundException.class);
        }
    }

    /** The owner's own way: it takes back nothing that the library granted but default privileges. */
    @Test
    void privileges_are_kept_when_the_owner_runs_drop_owned() throws Exception {
        String name = TestCluster.unique("clean_owned");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name)
                    .withUser(name + "_owner", PASSWORD)
                    .withReadOnlyUser(name + "_reader", PASSWORD)
                    .create();
            SortedMap<String, List<String>> empty = picture(name);
            try (Connection owner = open(name)) {
                TestCluster.ask(owner, "create table note (id int primary key)");
                TestCluster.ask(owner, "select create_distributed_table('note', 'id')");
                TestCluster.ask(owner, "drop owned by current_user");
            }
            open(name).close();

            project.repair();

            assertSame(picture(name), empty);
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
            project.drop();
        }
    }

    /** The owner keeps a table in a transaction, so that it stops there. */
    @Test
    @Tag("long")
    void next_clean_completes_after_an_interrupt_or_a_killed_process() throws Exception {
        String name = TestCluster.unique("clean_killed");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = small(cluster, name);
            SortedMap<String, List<String>> empty = picture(name);
            List<String> objects = List.of(
                    "create table a (id int primary key)",
                    "create table held (id int primary key)",
                    "create table z (id int primary key)",
                    "select create_distributed_table('a', 'id'), create_distributed_table('held', 'id')",
                    "create function f() returns int language sql as 'select 1'");
            try (Connection owner = open(name)) {
                for (String object : objects) {
                    TestCluster.ask(owner, object);
                }
                owner.setAutoCommit(false);
                TestCluster.ask(owner, "lock table held in access share mode");

                AtomicReference<Throwable> failure = new AtomicReference<>();
                Thread cleaning = new Thread(project::clean);
                cleaning.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
                cleaning.start();
                Await.until(() -> isWaiting(name));
                cleaning.interrupt();
                cleaning.join();
                assertThat(failure.get()).isInstanceOf(OperationInterruptedException.class);
                assertThat(nodes.ask(name, "select to_regclass('public.a')")).containsExactly("null");
                assertThat(temporaryRoles(name)).isEmpty();

                TestCluster.ask(owner, objects.get(0));
                owner.commit();
                TestCluster.ask(owner, "lock table held in access share mode");
                try (ChildJvm child = ChildJvm.start(
                        CleaningProcess.class,
                        nodes.embedded().jdbcUrl("postgres"),
                        nodes.embedded().adminUser(),
                        nodes.embedded().adminPassword(),
                        name)) {
                    Await.until(() -> isWaiting(name));
                    child.kill();
                }
                assertThat(temporaryRoles(name)).isNotEmpty();
                owner.commit();
            }
            Await.until(() -> !isWaiting(name));

            project.clean();

            assertSame(picture(name), empty);
            assertThat(temporaryRoles(name)).isEmpty();
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
            project.drop();
        }
    }

    private List<String> temporaryRoles(String project) throws SQLException {
        List<String> roles = new ArrayList<>();
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            roles.addAll(nodes.ask(
                    node,
                    "postgres",
                    bind(
                            "select rolname from pg_roles where rolname like 'citus_tenancy_tmp%' "
                                    + "and shobj_description(oid, 'pg_authid') like ?",
                            "% " + project)));
        }
        return roles;
    }

    private boolean isWaiting(String project) throws SQLException {
        return !nodes.ask(
                        "postgres",
                        bind(
                                "select from pg_stat_activity where usename like 'citus_tenancy_tmp%' and wait_event_type = 'Lock' "
                                        + "and datname = ?",
                                project))
                .isEmpty();
    }

    private static Project small(CitusCluster cluster, String name) {
        return cluster.project(name).withUser(name + "_owner", PASSWORD).create();
    }

    private Connection open(String project) throws SQLException {
        return java.sql.DriverManager.getConnection(
                nodes.embedded().coordinator().jdbcUrl(project), project + "_owner", PASSWORD.reveal());
    }
}
