package org.citustenancy.attacks;

import static org.citustenancy.testing.TestCluster.identifier;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operators and functions that stand before PostgreSQL's own in the search path: no session of a superuser finds them. */
@Tag("asks-for-passwords")
@RequiresCluster
class SearchPathTest {

    private static final List<String> COMPARED =
            List.of("text", "name", "oid", "integer", "bigint", "boolean", "\"char\"", "smallint", "regclass");

    private static final List<String> FUNCTIONS = List.of(
            "quote_ident(value text) returns text",
            "quote_literal(value text) returns text",
            "lower(value text) returns text",
            "length(value text) returns integer",
            "pg_total_relation_size(value regclass) returns bigint",
            "pg_relation_size(value regclass) returns bigint",
            "pg_get_userbyid(value oid) returns name");

    private final TestCluster nodes;

    SearchPathTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void operations_ignore_hostile_operators_and_functions_in_the_search_path() throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            HostileProject hostile = HostileProject.named(nodes, TestCluster.unique("searched"));
            Project project = hostile.create(cluster);
            hostile.asOwner(
                    "create table rows (id bigint primary key, v text)",
                    "insert into rows select i, 'v' from generate_series(1, 20) i",
                    "create table again (id bigint primary key, v text)",
                    "create table named (id bigint primary key, v text)");
            project.tables().distribute("rows", "id", options -> options.shardCount(4));
            project.tables().reference("named");
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                shadow(node, hostile);
            }
            hostile.setForDatabase("search_path = pw, pg_catalog, public");
            PayloadLog log = new PayloadLog(nodes);
            log.next();

            hostile.request(cluster).create();
            hostile.request(cluster)
                    .withReadWriteUser(hostile.name() + "_writer", HostileProject.PASSWORD)
                    .create();
            project.verify();
            project.repair();
            project.statistics().figures();
            cluster.statistics().figures();
            cluster.users().rotatePassword(hostile.attacker(), HostileProject.PASSWORD);
            project.tables().list();
            project.tables().shardsPerNode();
            project.tables().distribute("again", "id");
            project.tables().undistribute("again");
            project.tables().undistribute("rows");
            project.tables().undistribute("named");

            hostile.assertNoPayloadRanAsMoreThanTheOwner(log.next());
        }
    }

    /** On each node for itself, since Citus carries no operators. */
    private static void shadow(EmbeddedNode node, HostileProject hostile) throws SQLException {
        try (Connection owner = DriverManager.getConnection(
                node.jdbcUrl(hostile.name()), hostile.attacker(), HostileProject.PASSWORD.reveal())) {
            TestCluster.ask(owner, "set citus.enable_ddl_propagation = off");
            TestCluster.ask(owner, "create schema pw");
            TestCluster.ask(owner, "grant usage on schema pw to public");
            for (String type : COMPARED) {
                for (String operator : List.of("=", "<>")) {
                    String function = "pw." + identifier(type + operator);
                    TestCluster.ask(
                            owner,
                            "create function " + function + "(a " + type + ", b " + type
                                    + ") returns boolean language plpgsql immutable set search_path = pg_catalog as "
                                    + "$$ begin perform evil.ran('operator'); return a " + operator + " b; end $$");
                    TestCluster.ask(
                            owner,
                            "create operator pw." + operator + " (leftarg = " + type + ", rightarg = " + type
                                    + ", function = " + function + ")");
                }
            }
            TestCluster.ask(
                    owner,
                    "create function pw.joined(a text, b text) returns text language plpgsql immutable "
                            + "set search_path = pg_catalog as $$ begin perform evil.ran('operator ||'); return a || b; end $$");
            TestCluster.ask(owner, "create operator pw.|| (leftarg = text, rightarg = text, function = pw.joined)");
            for (String function : FUNCTIONS) {
                String name = function.substring(0, function.indexOf('('));
                TestCluster.ask(
                        owner,
                        "create function pw." + function + " language plpgsql stable set search_path = pg_catalog as "
                                + "$$ begin perform evil.ran('function'); return pg_catalog." + name
                                + "(value); end $$");
            }
        }
    }
}
