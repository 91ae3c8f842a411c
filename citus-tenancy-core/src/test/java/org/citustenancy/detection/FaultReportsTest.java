package org.citustenancy.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatCoordinator;
import static org.citustenancy.testing.NodesAssert.assertThatNode;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectOutcome;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.plan.ClusterVerification;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.RepairOptions;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.workers.NodeChange;
import org.citustenancy.workers.Rebalancing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/** What reports and refusals say first is what the reader must know first. */
@Tag("asks-for-passwords")
@RequiresCluster(ofItsOwn = true)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultReportsTest {

    private final TestCluster nodes;
    private final CitusCluster cluster;

    FaultReportsTest(TestCluster nodes) {
        this.nodes = nodes;
        this.cluster = nodes.connect();
    }

    @AfterAll
    void disconnect() {
        cluster.close();
    }

    @Test
    void verify_reports_rows_lost_with_a_worker_first_and_repair_requires_consent() throws SQLException {
        EmbeddedNode worker = nodes.embedded().workers().get(1);
        Project whole = projectWithRows("whole");
        Project lossy = projectWithRows("lossy");
        nodes.ask(worker, "postgres", "drop database " + lossy.name() + " with (force)");

        List<Finding> findings = TestCluster.besidesTrust(lossy.verify()).findings();
        assertThat(findings.get(0).toString())
                .contains("SEVERE worker 127.0.0.1:" + worker.port())
                .containsPattern("rows of 16 shards that no other node has: 16 of (public\\.)?facts")
                .contains("backup", "acceptingLoss");
        assertThat(findings).hasSizeLessThan(8);
        assertThat(cluster.verify().toString()).contains("rows of 16 shards");

        assertRefuses(lossy::repair, worker);
        assertRefuses(lossy::planRepair, worker);
        assertRefuses(() -> cluster.project(lossy.name()).create(), worker);
        List<ProjectOutcome> outcomes = cluster.repair();
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.failure().isEmpty())
                .extracting(ProjectOutcome::name)
                .containsExactly(whole.name());
        assertRefuses(() -> outcomes.forEach(ProjectOutcome::orThrow), worker);
        assertThatNode(nodes, worker).hasNoDatabase(lossy.name());

        assertThatThrownBy(() -> cluster.workers().rebalance(Rebalancing.STANDARD))
                .hasMessageContaining(lossy.name())
                .hasMessageContaining("is missing on the worker 127.0.0.1:" + worker.port())
                .hasMessageNotContaining("primary key");

        assertThat(lossy.planRepair(RepairOptions::acceptingLoss).toString()).contains("create database");
        lossy.repair(RepairOptions::acceptingLoss);
        assertThat(lossy.verify().findings().get(0).what()).containsPattern("16 shards of (public\\.)?facts are gone");
        assertThat(nodes.ask(lossy.name(), "select count(*) from names")).containsExactly("2");
        lossy.drop();
        whole.drop();
    }

    @Test
    @Tag("long")
    void verify_reports_rows_lost_with_the_coordinator_first_and_repair_requires_consent() throws SQLException {
        Project headless = projectWithRows("headless");
        nodes.ask("postgres", "drop database " + headless.name() + " with (force)");

        assertThat(TestCluster.besidesTrust(headless.verify()).findings().get(0).toString())
                .contains("SEVERE coordinator", "which rows are where", "backup", "acceptingLoss");
        assertThatThrownBy(headless::repair)
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("which rows are where")
                .hasMessageContaining("acceptingLoss");
        assertThatCoordinator(nodes).hasNoDatabase(headless.name());
        headless.drop();
    }

    @Test
    void reports_name_operations_that_did_not_complete() throws SQLException {
        Project halfway = projectWithRows("halfway");
        Map<String, String> ways = Map.of(
                "creating", "call repair()",
                "changing", "call repair()",
                "restoring", "run the same restore or copy again",
                "cloning", "run cloneTo again",
                "preparing", "call template(...) again",
                "dropping", "call drop() again");
        for (Map.Entry<String, String> way : ways.entrySet()) {
            enter(halfway, way.getKey());
            assertThat(halfway.verify().findings()).as(way.getKey()).anySatisfy(finding -> assertThat(
                            finding.toString())
                    .startsWith("SEVERE registry: the project is " + way.getKey() + ", and no process works on it")
                    .contains(way.getValue()));
            assertThat(cluster.verify().toString()).contains("the project is " + way.getKey(), way.getValue());
        }
        enter(halfway, "dropping");
        assertThat(cluster.repair()).singleElement().satisfies(outcome -> assertThat(
                        outcome.failure().orElseThrow())
                .hasMessageContaining("is being dropped")
                .hasMessageContaining("drop it again"));
        try (Connection other = nodes.open(nodes.embedded().coordinator(), "postgres")) {
            TestCluster.ask(
                    other,
                    "select pg_advisory_lock(hashtextextended('citus_tenancy/project/" + halfway.name() + "', 0))");
            assertThat(cluster.verify().projects()).isEmpty();
            assertThat(cluster.repair()).isEmpty();
            enter(halfway, "cloning");
            assertThat(cluster.verify().toString())
                    .contains("NOTICE registry: the project is cloning: another process");
        }
        enter(halfway, "dropping");
        halfway.drop();
        assertThat(cluster.verify().projects()).isEmpty();
    }

    private void enter(Project project, String state) throws SQLException {
        nodes.ask("postgres", bind("update citus_tenancy.project set state = ? where name = ?", state, project.name()));
    }

    @Test
    void drain_names_a_table_without_a_replica_identity_before_it_starts() throws SQLException {
        int port = nodes.embedded().workers().get(0).port();
        Project keyed = projectWithRows("keyed");
        Project keyless = projectWithRows("keyless");
        nodes.ask(keyless.name(), "create table public.noted (id bigint, note text)");
        nodes.ask(keyless.name(), "create table public.full_noted (id bigint, note text)");
        nodes.ask(keyless.name(), "alter table public.full_noted replica identity full");
        for (String table : List.of("noted", "full_noted")) {
            nodes.ask(keyless.name(), "alter table public." + table + " owner to " + keyless.name() + "_user");
            keyless.tables().distribute(table, "id", options -> options.shardCount(4));
        }
        String before = shards(keyed, port);

        NodeChange change = cluster.workers().drain("127.0.0.1", port, Rebalancing.STANDARD);

        assertThat(change.failures()).containsOnlyKeys(keyless.name());
        assertThat(change.failures().get(keyless.name()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("neither a primary key nor a replica identity")
                .hasMessageContaining("clients write: public.noted. at: ")
                .hasMessageContaining("REPLICA IDENTITY FULL")
                .hasMessageContaining("BLOCK_WRITES");
        assertThat(change.changed()).isFalse();
        assertThat(shards(keyed, port)).isEqualTo(before);
        assertThat(nodes.ask("postgres", "select shouldhaveshards from pg_dist_node where nodeport = " + port))
                .containsExactly("t");
        keyed.drop();
        keyless.drop();
    }

    /** A clone is registered by Citus if it follows its worker; the row is what Citus 13.2 writes then. */
    @Test
    @Tag("long")
    void verify_reports_secondaries_with_the_effect_of_a_promotion() throws SQLException {
        int port = nodes.embedded().workers().get(0).port();
        for (int standby : new int[] {1, 2}) {
            nodes.ask(
                    "postgres",
                    "select citus_add_secondary_node('127.0.0.1', " + standby + ", '127.0.0.1', " + port + ")");
        }
        nodes.ask(
                "postgres",
                "update pg_dist_node set noderole = 'unavailable', isactive = false, shouldhaveshards = false, groupid = 77, "
                        + "nodeisclone = true, nodeprimarynodeid = (select nodeid from pg_dist_node where nodeport = "
                        + port
                        + ") where nodeport = 2");
        try {
            assertThat(cluster.verify().findings())
                    .extracting(Finding::toString)
                    .anySatisfy(finding -> assertThat(finding)
                            .startsWith("NOTICE 127.0.0.1:1: it is registered as secondary of 127.0.0.1:" + port)
                            .contains("all other projects keep the old address", "workers().relocate"))
                    .anySatisfy(finding -> assertThat(finding)
                            .startsWith("WARNING 127.0.0.1:2: it is registered as a clone of 127.0.0.1:" + port)
                            .contains("citus_promote_clone_and_rebalance", "all other projects keep the old address")
                            .contains("workers().relocate"));
            assertThat(cluster.workers().list()).hasSize(2);
        } finally {
            nodes.ask("postgres", "delete from pg_dist_node where nodeport < 3");
        }
    }

    private String shards(Project project, int port) throws SQLException {
        return nodes.ask(project.name(), "select count(*) from citus_shards where nodeport = " + port)
                .get(0);
    }

    /** The last one: it ends a node. */
    @Test
    @Tag("long")
    @Order(Integer.MAX_VALUE)
    void reports_name_a_node_that_is_down_once() throws SQLException {
        EmbeddedNode worker = nodes.embedded().workers().get(1);
        List<Project> projects = List.of(projectWithRows("first"), projectWithRows("second"), projectWithRows("third"));
        worker.kill();
        try {
            for (ThrowingCallable reading : List.<ThrowingCallable>of(
                    projects.get(0)::verify,
                    projects.get(0)::planRepair,
                    projects.get(0)::planDrop,
                    cluster.project("never").withUser("never_user")::plan,
                    cluster::planSecure,
                    () -> cluster.users()
                            .planRotatePassword(projects.get(0).users().get(0)),
                    () -> cluster.workers().planDrain("127.0.0.1", worker.port(), Rebalancing.STANDARD))) {
                assertThatThrownBy(reading)
                        .isInstanceOf(NodeUnreachableException.class)
                        .hasMessageContaining("worker 127.0.0.1:" + worker.port())
                        .hasMessageContaining("state: nothing was changed")
                        .hasMessageNotContaining("stands");
            }
            ClusterVerification all = cluster.verify();
            assertThat(all.failures()).hasSize(3);
            assertThat(all.findings()).singleElement().satisfies(finding -> assertThat(finding.place())
                    .contains(String.valueOf(worker.port())));
            assertThat(all.toString())
                    .containsOnlyOnce("could not be verified")
                    .contains(projects.stream().map(Project::name).sorted().toList());
            assertThat(all.toString().split(String.valueOf(worker.port()), -1)).hasSizeLessThan(6);
            assertThat(cluster.capacity().unanswered()).hasSize(1);
            assertThat(cluster.capacity().nodes()).hasSize(2);
        } finally {
            worker.start();
        }
        projects.forEach(Project::drop);
    }

    private static void assertRefuses(ThrowingCallable operation, EmbeddedNode worker) {
        assertThatThrownBy(operation)
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("worker 127.0.0.1:" + worker.port())
                .hasMessageContaining("16 shards")
                .hasMessageContaining("facts")
                .hasMessageContaining("backup")
                .hasMessageContaining("acceptingLoss");
    }

    private Project projectWithRows(String word) throws SQLException {
        String name = TestCluster.unique(word);
        Project project = cluster.project(name).withUser(name + "_user").create();
        String owner = "set role " + name + "_user; ";
        nodes.ask(name, owner + "create table names (id int primary key, name text)");
        nodes.ask(name, owner + "insert into names values (1, 'one'), (2, 'two')");
        nodes.ask(name, owner + "create table facts (id bigint primary key)");
        project.tables().reference("names");
        project.tables().distribute("facts", "id", options -> options.shardCount(32));
        return project;
    }
}
