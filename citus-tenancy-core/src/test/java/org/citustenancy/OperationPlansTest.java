package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.citustenancy.testing.NodesAssert.assertThatNode;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.provisioning.PasswordRotation;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.Step;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.progress.Activity;
import org.citustenancy.progress.Count;
import org.citustenancy.progress.Progress;
import org.citustenancy.testing.Forwarder;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.citustenancy.workers.NodeChange;
import org.citustenancy.workers.NodePlan;
import org.citustenancy.workers.PlannedMove;
import org.citustenancy.workers.PlannedMoves;
import org.citustenancy.workers.Rebalancing;
import org.citustenancy.workers.ShardTransfer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What a plan says is what the operation then does, and a plan changes nothing. In a cluster of its own. */
@Tag("once")
@Order(4)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperationPlansTest {

    private static final String HERE = "127.0.0.1";
    private static final Rebalancing QUICK = Rebalancing.STANDARD.by(ShardTransfer.BLOCK_WRITES);
    private static final String PASSWORD = "plan-Password-1";

    private final EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
            .workers(2)
            .authentication(Authentication.SCRAM_SHA_256)
            .setting("max_worker_processes", "100"));
    private final TestCluster nodes = new TestCluster(embedded);
    private final CitusCluster cluster = nodes.connect();
    private final EmbeddedNode first = embedded.workers().get(0);
    private final EmbeddedNode joining = embedded.addNode();
    private final List<Progress> heard = heard();
    private final List<Project> projects = List.of(project("planned_1"), project("planned_2"));

    private List<Progress> heard() {
        List<Progress> all = new CopyOnWriteArrayList<>();
        cluster.onProgress(all::add);
        return all;
    }

    private Project project(String name) {
        try {
            Project project = cluster.project(name)
                    .withUser(name + "_user", Secret.of(PASSWORD))
                    .create();
            asOwner(name, "create table facts (id bigint primary key, value text)");
            asOwner(name, "create table details (id bigint primary key)");
            asOwner(name, "create table kinds (id bigint primary key)");
            asOwner(name, "insert into facts select i, repeat('x', 500) from generate_series(1, 200) i");
            project.tables().distribute("facts", "id", options -> options.shardCount(4));
            project.tables().distribute("details", "id", options -> options.colocatedWith("facts"));
            project.tables().reference("kinds");
            return project;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private void asOwner(String name, String sql) throws SQLException {
        nodes.ask(embedded.coordinator(), name, name + "_user", PASSWORD, sql);
    }

    @AfterAll
    void end() {
        cluster.close();
        embedded.close();
    }

    @Test
    @Order(1)
    void add_does_what_its_plan_says() throws SQLException {
        List<String> before = everything();

        NodePlan plan = cluster.workers().planAdd(HERE, joining.port()).orThrow();

        assertThat(everything()).isEqualTo(before);
        assertThat(plan.toString())
                .contains("register the worker", "because: the coordinator does not know the worker")
                .doesNotContain(PASSWORD);
        NodeChange change = cluster.workers().add(HERE, joining.port()).orThrow();
        assertAsPlanned(plan, change);
        assertThat(cluster.workers().planAdd(HERE, joining.port()).isEmpty()).isTrue();
    }

    @Test
    @Order(2)
    void rebalance_does_what_its_plan_says() throws SQLException {
        List<String> before = everything();
        Map<Long, Integer> placed = placements(projects.get(0));

        PlannedMoves moves = cluster.workers().planRebalance(QUICK);

        assertThat(everything()).isEqualTo(before);
        assertThat(moves.byProject()).hasSize(2);
        assertThat(moves.byProject().get("planned_1")).isNotEmpty().allSatisfy(move -> assertThat(move.shards())
                .containsOnlyKeys("public.facts", "public.details"));
        assertThat(moves.bytes()).isPositive();
        cluster.workers().rebalance(QUICK.onProgress(progress -> {
            throw new IllegalStateException("a listener's own fault");
        }));
        assertMoved(placed, projects.get(0), moves);
        assertThat(cluster.workers().planRebalance(QUICK).isEmpty()).isTrue();
    }

    @Test
    @Order(3)
    void drain_does_what_its_plan_says() throws SQLException {
        heard.clear();
        List<String> before = everything();
        Map<Long, Integer> placed = placements(projects.get(0));

        NodePlan plan = cluster.workers().planDrain(HERE, first.port(), QUICK).orThrow();

        assertThat(everything()).isEqualTo(before);
        assertThat(plan.toString()).contains("public.details", "public.facts", " bytes");
        assertThat(plan.moves().byProject()).containsOnlyKeys("planned_1", "planned_2");
        assertThat(plan.moves().byProject().get("planned_1"))
                .allSatisfy(move -> assertThat(move.from().port()).isEqualTo(first.port()));
        NodeChange change = cluster.workers().drain(HERE, first.port(), QUICK).orThrow();
        assertAsPlanned(plan, change);
        assertHeard(plan.moves());
        assertMoved(placed, projects.get(0), plan.moves());
        assertThat(cluster.workers().planDrain(HERE, first.port(), QUICK).isEmpty())
                .isTrue();
    }

    @Test
    @Order(4)
    void relocate_does_what_its_plan_says() throws Exception {
        EmbeddedNode moving = embedded.workers().get(1);
        try (Forwarder alias = Forwarder.to(moving.port())) {
            List<String> before = everything();
            NodePlan plan = cluster.workers().planRelocate(HERE, moving.port(), HERE, alias.port());

            assertThat(everything()).isEqualTo(before);
            assertThat(plan.cluster().steps()).hasSize(1);
            assertThat(plan.projects()).hasSize(2);
            assertAsPlanned(plan, cluster.workers().relocate(HERE, moving.port(), HERE, alias.port()));
            cluster.workers().relocate(HERE, alias.port(), HERE, moving.port()).orThrow();
        }
    }

    @Test
    @Order(5)
    void rotation_does_what_its_plan_says() throws SQLException {
        List<String> before = everything();
        ProvisioningPlan plan = cluster.users().planRotatePassword("planned_1_user");

        assertThat(everything()).isEqualTo(before);
        assertThat(plan.steps()).extracting(Step::number).startsWith(1, 2, 3);
        assertThat(plan.steps()).extracting(Step::database).contains("postgres", "planned_1");
        assertThat(plan.toString())
                .contains("because: the coordinator has the password before", Secret.MASK)
                .doesNotContain(PASSWORD, "SCRAM-SHA-256$");
        List<StepOutcome> done = new CopyOnWriteArrayList<>();
        new PasswordRotation(cluster.internals())
                .rotate("planned_1_user", Secret.of(PASSWORD), (user, outcome) -> done.add(outcome));
        assertThat(lines(done.stream().map(StepOutcome::step).toList())).isEqualTo(lines(plan.steps()));
        refusal(
                () -> cluster.users().planRotatePassword("no_such_user"),
                () -> cluster.users().rotatePassword("no_such_user"),
                NotFoundException.class);
    }

    @Test
    @Order(6)
    void plan_refuses_what_its_operation_refuses() throws SQLException {
        EmbeddedNode worker = embedded.workers().get(1);
        refusal(
                () -> cluster.workers().planAdd(HERE, embedded.coordinator().port()),
                () -> cluster.workers().add(HERE, embedded.coordinator().port()),
                CitusTenancyException.class);
        refusal(
                () -> cluster.workers().planRemove(HERE, 1),
                () -> cluster.workers().remove(HERE, 1),
                NotFoundException.class);
        refusal(
                () -> cluster.workers().planDrain(HERE, 1, QUICK),
                () -> cluster.workers().drain(HERE, 1, QUICK),
                NotFoundException.class);
        refusal(
                () -> cluster.workers().planRelocate(HERE, worker.port(), HERE, first.port()),
                () -> cluster.workers().relocate(HERE, worker.port(), HERE, first.port()),
                ConflictException.class);

        asOwner("planned_1", "alter table details drop constraint details_pkey");
        refusedInProject(
                cluster.workers().planDrain(HERE, worker.port(), Rebalancing.STANDARD),
                cluster.workers().drain(HERE, worker.port(), Rebalancing.STANDARD),
                "public.details");
        asOwner("planned_1", "alter table details add primary key (id)");

        nodes.ask("planned_2", "alter table details owner to planned_1_user");
        NodePlan owners = cluster.workers().planDrain(HERE, worker.port(), QUICK);
        assertThat(owners.failures()).containsOnlyKeys("planned_2");
        assertThat(owners.failures().get("planned_2"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("belong to several roles");
        nodes.ask("planned_2", "alter table details owner to planned_2_user");
    }

    @Test
    @Order(7)
    void remove_does_what_its_plan_says() throws SQLException {
        List<String> before = everything();

        NodePlan plan = cluster.workers().planRemove(HERE, first.port()).orThrow();

        assertThat(everything()).isEqualTo(before);
        assertThat(plan.toString()).contains("drop the database", "drop the role \"planned_1_user\"");
        assertAsPlanned(plan, cluster.workers().remove(HERE, first.port()).orThrow());
        assertThatNode(nodes, first).hasNoRoleStartingWith("planned");
    }

    /** The last one: it ends a node. */
    @Test
    @Order(8)
    void plan_and_operation_name_a_node_that_is_down() throws SQLException {
        EmbeddedNode worker = embedded.workers().get(1);
        worker.kill();
        refusal(
                () -> cluster.users().planRotatePassword("planned_1_user"),
                () -> cluster.users().rotatePassword("planned_1_user"),
                NodeUnreachableException.class);
        refusal(
                () -> cluster.workers().planDrain(HERE, worker.port(), QUICK),
                () -> cluster.workers().drain(HERE, worker.port(), QUICK),
                NodeUnreachableException.class);
        refusal(
                () -> cluster.workers().planDrain(HERE, joining.port(), QUICK),
                () -> cluster.workers().drain(HERE, joining.port(), QUICK),
                NodeUnreachableException.class);
        refusedInProject(
                cluster.workers().planRemove(HERE, worker.port()),
                cluster.workers().remove(HERE, worker.port()),
                "nowhere else");
        refusal(
                () -> cluster.workers().planAdd(HERE, first.port() + 20_000),
                () -> cluster.workers().add(HERE, first.port() + 20_000),
                NodeUnreachableException.class);
    }

    private static void refusal(
            ThrowingCallable plan, ThrowingCallable operation, Class<? extends CitusTenancyException> as) {
        CitusTenancyException planned = catchThrowableOfType(CitusTenancyException.class, plan);
        CitusTenancyException refused = catchThrowableOfType(CitusTenancyException.class, operation);
        assertThat(planned).isInstanceOf(as).hasSameClassAs(refused);
        assertThat(planned.failure().what()).isEqualTo(refused.failure().what());
    }

    private static void refusedInProject(NodePlan plan, NodeChange change, String with) {
        assertThat(plan.failures()).isNotEmpty().hasSameSizeAs(change.failures());
        plan.failures().forEach((project, failure) -> assertThat(failure)
                .hasMessageContaining(with)
                .hasMessage(change.failures().get(project).getMessage()));
        assertThat(catchThrowableOfType(ConflictException.class, plan::orThrow)).hasMessageContaining(with);
    }

    private static void assertAsPlanned(NodePlan plan, NodeChange change) {
        assertThat(steps(change.outcomes())).isEqualTo(lines(plan.cluster().steps()));
        assertThat(change.projects()).containsOnlyKeys(plan.projects().keySet());
        // What ends sessions that begin meanwhile is found on the way.
        plan.projects()
                .forEach((project, steps) -> assertThat(steps(change.projects().get(project)))
                        .as(project)
                        .isEqualTo(lines(steps.steps())));
    }

    private static List<String> steps(Collection<StepOutcome> outcomes) {
        return lines(outcomes.stream().map(StepOutcome::step).toList());
    }

    /** Neighbours on different nodes end in any order. */
    private static List<String> lines(List<Step> steps) {
        return steps.stream()
                .filter(step -> !step.description().contains("connected meanwhile"))
                .map(step -> step.node() + " " + step.database() + " " + step.description() + " " + step.because())
                .sorted()
                .toList();
    }

    /** Of each project's moves, the beginning and the end of each; and the steps of the cluster. */
    private void assertHeard(PlannedMoves moves) {
        moves.byProject().forEach((project, ofProject) -> assertThat(heard)
                .filteredOn(progress -> progress.activity() == Activity.SHARD_MOVES
                        && progress.subject().equals(project))
                .hasSizeGreaterThan(ofProject.size())
                .last()
                .satisfies(progress -> assertThat(progress.isDone()).isTrue())
                .extracting(Progress::count)
                .isEqualTo(new Count(ofProject.size(), ofProject.size(), "moves of shards")));
        assertThat(heard).anySatisfy(progress -> assertThat(progress.activity()).isEqualTo(Activity.STEPS));
    }

    private void assertMoved(Map<Long, Integer> before, Project project, PlannedMoves moves) throws SQLException {
        Map<Long, Integer> expected = new TreeMap<>(before);
        for (PlannedMove move : moves.byProject().get(project.name())) {
            move.shards()
                    .values()
                    .forEach(shard -> expected.put(shard, move.to().port()));
        }
        assertThat(placements(project)).isEqualTo(expected);
    }

    private Map<Long, Integer> placements(Project project) throws SQLException {
        Map<Long, Integer> placements = new TreeMap<>();
        for (String row : nodes.ask(
                project.name(),
                "select shardid, nodeport from pg_dist_placement join pg_dist_node using (groupid) "
                        + "join pg_dist_shard using (shardid) where shardminvalue is not null")) {
            int between = row.indexOf('|');
            placements.put(Long.valueOf(row.substring(0, between)), Integer.valueOf(row.substring(between + 1)));
        }
        return placements;
    }

    /** What any of the operations may change, on every node. */
    private List<String> everything() throws SQLException {
        List<String> seen = new ArrayList<>();
        for (EmbeddedNode node : embedded.nodes()) {
            List<String> databases =
                    nodes.ask(node, "postgres", "select datname from pg_database where datallowconn order by 1");
            for (String database : databases) {
                seen.add(node.port() + " " + database);
                seen.addAll(nodes.ask(node, database, contents("pg_authid", "pg_extension")));
                seen.addAll(nodes.ask(
                        node,
                        database,
                        "select (datname, datdba, datacl, datallowconn)::text from pg_database order by 1"));
                if (!nodes.ask(node, database, "select 1 from pg_extension where extname = 'citus'")
                        .isEmpty()) {
                    seen.addAll(nodes.ask(
                            node,
                            database,
                            contents(
                                    "pg_dist_node",
                                    "pg_dist_placement",
                                    "pg_dist_authinfo",
                                    "pg_dist_background_job")));
                }
            }
        }
        seen.addAll(nodes.ask(
                "postgres",
                contents("citus_tenancy.project", "citus_tenancy.former_password", "citus_tenancy.password_change")));
        return seen;
    }

    private static String contents(String... tables) {
        return Stream.of(tables)
                .map(table -> "select '" + table + "' as relation, t::text as line from " + table + " t")
                .collect(Collectors.joining(" union all ", "", " order by 1, 2"));
    }
}
