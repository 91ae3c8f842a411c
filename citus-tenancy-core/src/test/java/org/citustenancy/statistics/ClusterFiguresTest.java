package org.citustenancy.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterStatistics;
import org.citustenancy.Project;
import org.citustenancy.ProjectOutcome;
import org.citustenancy.ProjectStatsView;
import org.citustenancy.StatisticsSampling;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.statistics.activity.LockWait;
import org.citustenancy.statistics.activity.RunningStatement;
import org.citustenancy.statistics.activity.StatementFigures;
import org.citustenancy.tables.RulesSuggestion;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.Program;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Figures of a whole cluster, in one of its own that keeps count of statements and tenants, and whose nodes fail. */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterFiguresTest {

    private static final Pattern STATEMENT =
            Pattern.compile("LOG:  (?:statement|execute [^:]+): (?!.*pg_prepared_xacts)");

    /** With {@code -Dcitustenancy.test.databases=100} it takes some minutes. */
    private static final int DATABASES = Integer.getInteger("citustenancy.test.databases", 12);

    private EmbeddedCluster embedded;
    private TestCluster nodes;
    private CitusCluster cluster;
    private Project shop;

    @BeforeAll
    void start() throws SQLException, InterruptedException {
        CitusAssumption.requireCitus();
        embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .setting("shared_preload_libraries", "citus,pg_stat_statements")
                .setting("citus.stat_tenants_track", "all")
                .setting("log_statement", "all")
                .setting("citus.distributed_deadlock_detection_factor", "-1"));
        nodes = new TestCluster(embedded);
        for (EmbeddedNode node : embedded.nodes()) {
            try (Connection session = nodes.open(node, "postgres")) {
                TestCluster.ask(session, "set citus.enable_ddl_propagation = off");
                TestCluster.ask(session, "create extension if not exists pg_stat_statements");
            }
        }
        cluster = nodes.connect();
        shop = cluster.project("shop").withUser("shop_user").create();
        nodes.ask("shop", "create table users (id bigint primary key, name text)");
        shop.tables().distribute("users", "id");
        nodes.ask("shop", "insert into users select i, 'name' from generate_series(1, 1000) i");
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (embedded != null) {
            embedded.close();
        }
    }

    @Test
    @Tag("long")
    void overview_takes_the_same_number_of_statements_for_any_number_of_databases() throws Exception {
        // Who the workers are is asked once; and whether a session is waiting must be the same both times.
        cluster.statistics().overview();
        nodes.awaitNoSessions();
        Map<EmbeddedNode, Integer> few = statementsOf(() -> cluster.statistics().overview());
        List<String> names =
                IntStream.range(0, DATABASES).mapToObj(i -> "wild" + i).toList();
        for (String name : names) {
            for (EmbeddedNode node : embedded.nodes()) {
                nodes.ask(node, "postgres", "create database " + name);
            }
        }
        try {
            nodes.awaitNoSessions();
            Map<EmbeddedNode, Integer> many = statementsOf(
                    () -> assertThat(cluster.statistics().overview().unmanaged())
                            .extracting(ProjectFigures::name)
                            .containsAll(names));

            assertThat(many).isEqualTo(few);
            assertThat(few)
                    .allSatisfy((node, statements) -> assertThat(statements).isPositive());
        } finally {
            nodes.discard(names);
        }
    }

    @Test
    void statements_decide_about_the_suggested_distribution_column() throws SQLException {
        Project bank = cluster.project("bank").withUser("bank_user").create();
        nodes.ask("bank", "create table branches (bid int primary key, balance int)");
        nodes.ask("bank", "create table tellers (tid int primary key, bid int)");
        nodes.ask("bank", "create table accounts (aid int primary key, bid int, filler char(84))");
        nodes.ask("bank", "create table history (aid int, bid int)");
        nodes.ask("bank", "insert into accounts select i, 1, '' from generate_series(1, 20000) i");
        String byBranch = "by \"bid\" of branches";
        assertThat(bank.tables().suggest().rules().toString()).startsWith("everyTableWith(\"bid\")");

        for (int account = 1; account <= 40; account++) {
            nodes.ask("bank", "select filler from accounts as a where a.aid = " + account);
            nodes.ask("bank", "insert into history (aid, bid) values (" + account + ", 1)");
        }
        RulesSuggestion suggestion = bank.tables().suggest();

        assertThat(suggestion.rules().toString()).startsWith("everyTableWith(\"aid\")");
        assertThat(suggestion.reasons().get(0).reason())
                .matches("2 of 4 tables with .* % of the bytes; .* \\d\\d % of the statements run on one node .*");
        assertThat(suggestion.alternatives()).anyMatch(other -> other.startsWith(byBranch));
        bank.drop();
    }

    @Test
    void cluster_figures_equal_the_figures_of_each_project() {
        ClusterFigures figures = cluster.statistics().figures();

        ProjectFigures one = figures.project("shop").orElseThrow();
        assertThat(one.contents().orElseThrow().tables())
                .isEqualTo(shop.statistics().figures().contents().orElseThrow().tables());
        assertThat(figures.size().isPartial()).isFalse();
        assertThat(figures.size().value())
                .isEqualTo(figures.projects().stream()
                        .mapToLong(project -> project.size().orElseThrow().value())
                        .sum());
    }

    @Test
    @Tag("long")
    void figures_are_read_with_limited_parallelism() throws Exception {
        List<String> names = IntStream.range(0, 7).mapToObj(i -> "crowd" + i).toList();
        try (CitusCluster two = CitusCluster.connect(nodes.options().parallelism(2))) {
            two.create(names.stream()
                            .map(name -> two.project(name).withUser(name + "_user"))
                            .toList())
                    .forEach(ProjectOutcome::orThrow);
            Map<EmbeddedNode, Integer> most = new HashMap<>();
            CompletableFuture<ClusterFigures> reading =
                    CompletableFuture.supplyAsync(() -> two.statistics().figures());
            while (!reading.isDone()) {
                for (EmbeddedNode node : embedded.nodes()) {
                    int now = Integer.parseInt(nodes.ask(
                                    node,
                                    "postgres",
                                    "select count(*) from pg_stat_activity where datname like 'crowd%' "
                                            + "and backend_type = 'client backend'")
                            .get(0));
                    most.merge(node, now, Math::max);
                }
            }
            assertThat(reading.get().projects())
                    .filteredOn(project -> names.contains(project.name()))
                    .hasSize(7)
                    .allSatisfy(project -> assertThat(project.contents()).isPresent());
            // A session that was closed lives on the server for a moment, while the next one begins.
            assertThat(most.values()).allMatch(sessions -> sessions <= 4).anyMatch(sessions -> sessions > 0);
            for (String name : names) {
                two.getProject(name).drop();
            }
        }
    }

    @Test
    void figures_exclude_a_project_that_is_dropped_meanwhile() {
        Project leaving = cluster.project("leaving").withUser().create();
        assertThat(cluster.statistics().overview().project("leaving")).isPresent();

        CompletableFuture<Void> drop = CompletableFuture.runAsync(leaving::drop);
        while (!drop.isDone()) {
            ClusterFigures during = cluster.statistics().figures();
            during.project("leaving")
                    .ifPresent(seen -> assertThat(seen.problem()).isEmpty());
            assertThat(during.project("shop").orElseThrow().contents()).isPresent();
        }
        drop.join();

        ClusterFigures figures = cluster.statistics().figures();
        assertThat(figures.project("leaving")).isEmpty();
        assertThat(figures.unmanaged()).noneMatch(database -> database.name().equals("leaving"));
    }

    @Test
    void activity_shows_long_statements_and_lock_waits_across_nodes() throws SQLException, InterruptedException {
        try (Connection first = nodes.open(embedded.coordinator(), "shop");
                Connection second = nodes.open(embedded.coordinator(), "shop")) {
            first.setAutoCommit(false);
            TestCluster.ask(first, "update users set name = 'first' where id = 7");
            CompletableFuture<Void> waits = CompletableFuture.runAsync(() -> {
                try {
                    TestCluster.ask(second, "update users set name = 'second' where id = 7");
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            Await.until(() -> !cluster.statistics().lockWaits().found().isEmpty());

            LockWait wait = cluster.statistics().lockWaits().found().get(0);
            String firstPid =
                    TestCluster.ask(first, "select citus_backend_gpid()").get(0);
            assertThat(wait.waiting().node().isCoordinator()).isFalse();
            assertThat(wait.waiting().forNode()).isTrue();
            assertThat(wait.waiting().database()).contains("shop");
            assertThat(wait.waiting().statement().orElseThrow()).contains("second");
            assertThat(wait.waiting().waitsFor().orElseThrow()).startsWith("Lock");
            assertThat(wait.blocking().orElseThrow().globalPid()).hasValue(Long.parseLong(firstPid));

            Reading<RunningStatement> running = cluster.statistics().runningFor(Duration.ofMillis(1));
            assertThat(running.unanswered()).isEmpty();
            List<String> truth = nodes.ask("shop", """
                    select global_pid from citus_stat_activity where datname = 'shop' and state <> 'idle' \
                    and backend_type = 'client backend' and global_pid <> citus_backend_gpid() order by 1""");
            assertThat(running.found().stream()
                            .map(RunningStatement::session)
                            .filter(session -> session.database().orElse("").equals("shop"))
                            .map(session -> String.valueOf(session.globalPid().getAsLong()))
                            .sorted())
                    .hasSize(4)
                    .isEqualTo(truth);
            assertThat(cluster.statistics().runningFor(Duration.ofHours(1)).found())
                    .isEmpty();

            first.rollback();
            waits.join();
        }
        assertThat(cluster.statistics().lockWaits().found()).isEmpty();
    }

    @Test
    void top_statements_and_tenants_are_those_of_the_nodes() throws SQLException {
        for (int i = 0; i < 3; i++) {
            nodes.ask("shop", "select name from users where id = 11");
        }

        Reading<StatementFigures> top = shop.statistics().topStatements(100);
        assertThat(top.isPartial()).isFalse();
        assertThat(top.found())
                .filteredOn(statement -> statement.statement().equals("select name from users where id = $1"))
                .singleElement()
                .satisfies(statement -> {
                    assertThat(statement.node().isCoordinator()).isTrue();
                    assertThat(statement.calls()).isGreaterThanOrEqualTo(3);
                    assertThat(statement.mean()).isPositive().isLessThan(statement.total());
                });
        assertThat(cluster.statistics().topStatements(2).found()).hasSize(6);
        assertThat(shop.statistics().tenants().found())
                .filteredOn(tenant -> tenant.tenant().equals("11"))
                .singleElement()
                .satisfies(tenant -> {
                    assertThat(tenant.node().isCoordinator()).isFalse();
                    assertThat(tenant.readsNow() + tenant.readsBefore()).isGreaterThanOrEqualTo(3);
                });
        assertThat(shop.statistics().tenants().unanswered()).isEmpty();
    }

    @Test
    void figures_name_a_node_that_is_down_and_mark_totals_as_partial() throws SQLException {
        long before = cluster.statistics().overview().size().value();
        EmbeddedNode worker = embedded.workers().get(1);
        worker.kill();
        try {
            ClusterFigures figures = cluster.statistics().figures();

            assertNamed(worker, figures.unanswered());
            assertThat(figures.nodes()).hasSize(2);
            ProjectFigures project = figures.project("shop").orElseThrow();
            assertNamed(worker, project.unanswered());
            assertThat(project.nodes()).hasSize(2);
            assertThat(project.size().orElseThrow().isPartial()).isTrue();
            assertThat(project.size().orElseThrow().toString()).contains("without worker 127.0.0.1:" + worker.port());
            assertThat(figures.size().value()).isPositive().isLessThan(before);
            assertThat(project.contents().orElseThrow().shards().value()).isEqualTo(16);
            assertThat(project.contents().orElseThrow().shards().isPartial()).isTrue();
            assertNamed(worker, shop.statistics().figures().unanswered());
            assertNamed(worker, cluster.statistics().lockWaits().unanswered());
            assertNamed(worker, cluster.statistics().topStatements(1).unanswered());
        } finally {
            worker.start();
        }
        assertThat(cluster.statistics().overview().size().isPartial()).isFalse();
    }

    @Test
    void sampling_reports_figures_and_failures_until_it_is_closed() throws Exception {
        List<ClusterFigures> heard = new CopyOnWriteArrayList<>();
        List<CitusTenancyException> failures = new CopyOnWriteArrayList<>();
        StatisticsListener listener = new StatisticsListener() {
            @Override
            public void figuresRead(ClusterFigures figures) {
                heard.add(figures);
                if (heard.size() == 1) {
                    throw new IllegalStateException("once");
                }
            }

            @Override
            public void readingFailed(CitusTenancyException failure) {
                failures.add(failure);
            }
        };
        ClusterStatistics statistics = cluster.statistics().withListener(listener);
        try (StatisticsSampling sampling = statistics.sampleEvery(Duration.ofMillis(20))) {
            Await.until(() -> heard.size() >= 3);
            assertThat(failures).isEmpty();
            embedded.coordinator().kill();
            Await.until(() -> !failures.isEmpty());
            assertThat(sampling).isNotNull();
        } finally {
            embedded.coordinator().start();
        }
        int last = heard.size();
        assertThat(cluster.statistics().overview().project("shop")).isPresent();
        assertThat(heard).hasSize(last);
        assertThat(heard.get(0).project("shop")).isPresent();
    }

    @Test
    void figures_exclude_a_node_that_hangs() throws Exception {
        EmbeddedNode worker = embedded.workers().get(0);
        String pid = nodes.ask(worker, "postgres", "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)")
                .get(0);
        // The stopped process accepts no connection; open sessions would go on.
        nodes.awaitNoSessions();
        Program.run("", "kill", "-STOP", pid);
        try {
            ClusterFigures figures =
                    cluster.statistics().nodeTimeout(Duration.ofSeconds(2)).overview();

            assertNamed(worker, figures.unanswered());
            assertThat(figures.nodes()).hasSize(2);
            assertThat(figures.project("shop").orElseThrow().nodes()).hasSize(2);
        } finally {
            Program.run("", "kill", "-CONT", pid);
        }
    }

    @Test
    void view_shows_sizes_of_all_nodes_to_any_client() throws SQLException {
        nodes.ask("postgres", """
                create or replace view project_stats as select datname, \
                pg_size_pretty(pg_database_size(datname)) as size from pg_database""");
        ProjectStatsView view = cluster.statistics().view();
        try (Connection session = nodes.open(embedded.coordinator(), "shop")) {
            view.install(Language.ENGLISH);
            view.install(Language.ENGLISH);

            long size = 0;
            for (EmbeddedNode node : embedded.nodes()) {
                size += Long.parseLong(nodes.ask(node, "postgres", "select pg_database_size('shop')")
                        .get(0));
            }
            assertThat(session.isValid(5)).isTrue();
            List<String> row = List.of(nodes.ask("postgres", """
                            select project, owner, size = pg_size_pretty(size_bytes), size_bytes, connections >= 1, \
                            connection_limit, shards, state, missing_nodes from project_stats where project = 'shop'""").get(0).split("\\|", -1));
            assertThat(Long.parseLong(row.get(3))).isCloseTo(size, within(3L * 500 * 8192));
            assertThat(row.subList(0, 3)).containsExactly("shop", "shop_user", "t");
            assertThat(row.subList(4, 9)).containsExactly("t", "null", "32", "ready", "null");
            assertThat(nodes.ask(
                            "postgres", "select project from project_stats where project in ('postgres', 'template1')"))
                    .isEmpty();

            nodes.ask("postgres", "create role watcher login password 'watcher'");
            for (EmbeddedNode node : embedded.nodes()) {
                nodes.ask(
                        node,
                        "postgres",
                        "set citus.enable_ddl_propagation = off; grant connect on database postgres to watcher");
            }
            nodes.ask("postgres", "grant select on project_stats to watcher");
            assertThat(
                            nodes.ask(
                                    embedded.coordinator(),
                                    "postgres",
                                    "watcher",
                                    "watcher",
                                    "select project, size_bytes, connections, shards, state from project_stats where project = 'shop'"))
                    .containsExactly("shop|null|null|32|ready");

            embedded.workers().get(1).kill();
            assertThat(nodes.ask(
                            "postgres",
                            "select missing_nodes, size_bytes < " + size
                                    + " from project_stats where project = 'shop'"))
                    .containsExactly("127.0.0.1:" + embedded.workers().get(1).port() + "|t");
        } finally {
            embedded.workers().get(1).start();
        }

        view.install(Language.SPANISH);

        assertThat(nodes.ask("postgres", """
                        select "Propietario", "Tamaño" is not null, "Conexiones" is not null, "Límite", "Shards", "Estado", \
                        "Nodos sin Respuesta" from project_stats where "Base de Datos" = 'shop'""")).containsExactly("shop_user|t|t|null|32|ready|null");
        view.remove();
        assertThat(nodes.ask("postgres", """
                        select nspname from pg_namespace where nspname like 'citus_tenancy_s%' \
                        union all select relname from pg_class where relname = 'project_stats'""")).isEmpty();
    }

    private static void assertNamed(EmbeddedNode worker, List<UnansweredNode> unanswered) {
        assertThat(unanswered).singleElement().satisfies(missing -> {
            assertThat(missing.node().port()).isEqualTo(worker.port());
            assertThat(missing.reason()).isNotEmpty();
        });
    }

    private Map<EmbeddedNode, Integer> statementsOf(Runnable work) {
        Map<EmbeddedNode, Integer> statements = new TreeMap<>(Comparator.comparing(EmbeddedNode::port));
        List<Integer> starts = new ArrayList<>();
        embedded.nodes().forEach(node -> starts.add(node.log().length()));
        work.run();
        for (int i = 0; i < embedded.nodes().size(); i++) {
            EmbeddedNode node = embedded.nodes().get(i);
            statements.put(node, (int) STATEMENT
                    .matcher(node.log().substring(starts.get(i)))
                    .results()
                    .count());
        }
        return statements;
    }
}
