package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.Finding;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What is changed by hand on one node is found there, and repaired. */
@Tag("asks-for-passwords")
@RequiresCluster(ofItsOwn = true)
@TestInstance(Lifecycle.PER_CLASS)
class DriftTest {

    private static final int COORDINATOR = 0;
    private static final int WORKER = 1;
    private static final int OTHER_WORKER = 2;

    private final TestCluster nodes;
    private final CitusCluster cluster;
    private final String name = TestCluster.unique("drifting");
    private final String owner = name + "_user";
    private final String reader = name + "_reader";
    private Project project;

    DriftTest(TestCluster nodes) throws SQLException {
        this.nodes = nodes;
        this.cluster = nodes.connect();
        if (nodes.hasCitus()) {
            this.project = make();
        }
    }

    private Project make() throws SQLException {
        Project made = cluster.project(name)
                .withUser(owner, Secret.of("drift"))
                .withReadOnlyUser(reader, Secret.of("reads"))
                .connectionLimit(20)
                .setting("statement_timeout", "30s")
                .extension("citext")
                .create();
        asOwner("create schema app");
        asOwner("create function app.one() returns int language sql as 'select 1'");
        asOwner("create table facts (id bigint primary key, value text)");
        asOwner("insert into facts select i, 'x' from generate_series(1, 50) i");
        made.tables().distribute("facts", "id", options -> options.shardCount(4));
        nodes.ask(name, "select create_distributed_function('app.one()')");
        return made;
    }

    private void asOwner(String sql) throws SQLException {
        nodes.ask(nodes.embedded().coordinator(), name, owner, "drift", sql);
    }

    /** Whatever another test has left. */
    @BeforeEach
    void repair() {
        project.repair();
    }

    @AfterAll
    void end() throws SQLException {
        if (nodes.hasCitus()) {
            project.drop();
        }
        cluster.close();
    }

    /**
     * What is done by hand.
     *
     * @param node where, 0 being the coordinator
     * @param sql what
     * @param fault words of the finding that must come of it on that node: what is wrong
     * @param found what is needed
     */
    private record Drift(int node, String sql, String fault, String found) {}

    private static List<Drift> drifts() {
        return List.of(
                new Drift(
                        WORKER,
                        "alter role $owner password 'another'",
                        "is not the coordinator's",
                        "copy the password of"),
                new Drift(WORKER, "alter database $db connection limit 3", "takes 3 sessions at most", "20 sessions"),
                new Drift(
                        WORKER,
                        "grant connect on database $db to public",
                        "PUBLIC has privileges on the database",
                        "close the database to all other roles"),
                new Drift(
                        WORKER,
                        "alter database $db set statement_timeout = '1s'",
                        "the database lacks the setting of statement_timeout",
                        "statement_timeout"),
                new Drift(
                        WORKER,
                        "drop extension citext",
                        "the extension citext is missing",
                        "create the extension citext"),
                new Drift(WORKER, "drop schema app cascade", "does not know the nodes and tables", "know again"),
                new Drift(COORDINATOR, "revoke select on facts from $reader", "lacks SELECT on facts", "give"),
                new Drift(
                        COORDINATOR,
                        "delete from pg_dist_object where classid = 1260",
                        "Citus does not know that the role",
                        "every node"),
                new Drift(
                        COORDINATOR,
                        "select citus_set_node_property(nodename, nodeport, 'shouldhaveshards', false) "
                                + "from pg_dist_node where nodeport = $port",
                        "keeps shards away from the worker",
                        "let shards lie on the worker"),
                new Drift(
                        OTHER_WORKER,
                        "drop owned by $reader; drop role $reader",
                        "_reader\" is missing",
                        "create the role"),
                new Drift(OTHER_WORKER, "drop function app.one()", "does not know the nodes and tables", "know again"));
    }

    @Test
    void repair_corrects_each_change_that_verify_reports_on_one_node() throws SQLException {
        assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
        for (Drift drift : drifts()) {
            change(nodes.embedded().nodes().get(drift.node()), drift.sql());
        }

        List<Finding> findings = TestCluster.besidesTrust(project.verify()).findings();
        SoftAssertions.assertSoftly(softly -> {
            for (Drift drift : drifts()) {
                softly.assertThat(findings).as(drift.sql()).anySatisfy(finding -> assertThat(finding.toString())
                        .contains(String.valueOf(
                                nodes.embedded().nodes().get(drift.node()).port()))
                        .contains(drift.fault())
                        .contains(drift.found()));
            }
        });
        assertThat(project.planRepair().isEmpty()).isFalse();
        project.repair();

        assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
        assertThat(nodes.ask(name, "select count(*) from facts")).containsExactly("50");
        assertThat(nodes.askAll(name, "select app.one()")).containsExactly("1");
        assertThat(nodes.ask(nodes.embedded().coordinator(), name, reader, "reads", "select count(*) from facts"))
                .containsExactly("50");
    }

    private void change(EmbeddedNode node, String sql) throws SQLException {
        try (Connection connection = nodes.open(node, name)) {
            TestCluster.ask(connection, "set citus.enable_ddl_propagation = off");
            TestCluster.ask(connection, "set citus.enable_alter_role_propagation = off");
            TestCluster.ask(connection, "set citus.enable_create_role_propagation = off");
            TestCluster.ask(
                    connection,
                    sql.replace("$db", name)
                            .replace("$owner", owner)
                            .replace("$reader", reader)
                            .replace(
                                    "$port",
                                    String.valueOf(
                                            nodes.embedded().workers().get(0).port())));
        }
    }

    @Test
    void repair_registers_a_worker_that_the_database_lost() throws SQLException {
        String empty = TestCluster.unique("unknowing");
        Project other = cluster.project(empty).withUser(empty + "_user").create();
        int port = nodes.embedded().workers().get(1).port();
        nodes.ask(empty, "select citus_remove_node('127.0.0.1', " + port + ")");
        nodes.ask(nodes.embedded().workers().get(0), "postgres", "drop database " + empty + " with (force)");

        assertThat(TestCluster.besidesTrust(other.verify()).findings().toString())
                .contains("register the worker 127.0.0.1:" + port)
                .contains("create the database");
        other.repair();

        assertThat(TestCluster.besidesTrust(other.verify()).findings()).isEmpty();
        other.drop();
    }

    @Test
    void verify_reports_shards_without_a_placement() throws SQLException {
        asOwner("create table stray (id bigint primary key)");
        project.tables().distribute("stray", "id", options -> options.shardCount(3));
        nodes.ask(
                name,
                "delete from pg_dist_placement where shardid = "
                        + "(select min(shardid) from pg_dist_shard where logicalrelid = 'stray'::regclass)");
        try {
            assertThat(TestCluster.besidesTrust(project.verify()).findings())
                    .singleElement()
                    .satisfies(finding ->
                            assertThat(finding.toString()).contains("1 shards of public.stray have no placement"));
        } finally {
            asOwner("drop table stray");
        }
    }
}
