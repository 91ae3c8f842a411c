package org.citustenancy.testing;

import static org.citustenancy.testing.TestCluster.bind;

import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.citustenancy.embedded.EmbeddedNode;

/** Assertions on the databases and roles of nodes, which plain JDBC reads from each node. */
public final class NodesAssert extends AbstractAssert<NodesAssert, List<EmbeddedNode>> {

    private static final String DATABASES = "select datname from pg_database order by datname";
    private static final String ROLES = "select rolname from pg_roles where rolname !~ '^pg_' order by rolname";

    private final TestCluster cluster;

    private NodesAssert(TestCluster cluster, List<EmbeddedNode> nodes) {
        super(nodes, NodesAssert.class);
        this.cluster = cluster;
    }

    /** Assertions on one node. */
    public static NodesAssert assertThatNode(TestCluster cluster, EmbeddedNode node) {
        return new NodesAssert(cluster, List.of(node));
    }

    /** Assertions on the coordinator. */
    public static NodesAssert assertThatCoordinator(TestCluster cluster) {
        return assertThatNode(cluster, cluster.embedded().coordinator());
    }

    /** Assertions that hold on the coordinator and on every worker. */
    public static NodesAssert assertThatNodes(TestCluster cluster) {
        return new NodesAssert(cluster, cluster.members());
    }

    public NodesAssert hasDatabase(String name) throws SQLException {
        return has("database", DATABASES, name);
    }

    public NodesAssert hasNoDatabase(String name) throws SQLException {
        return hasNone("database", DATABASES, name, false);
    }

    public NodesAssert hasNoDatabaseStartingWith(String prefix) throws SQLException {
        return hasNone("database", DATABASES, prefix, true);
    }

    public NodesAssert hasRole(String name) throws SQLException {
        return has("role", ROLES, name);
    }

    public NodesAssert hasNoRole(String name) throws SQLException {
        return hasNone("role", ROLES, name, false);
    }

    public NodesAssert hasNoRoleStartingWith(String prefix) throws SQLException {
        return hasNone("role", ROLES, prefix, true);
    }

    public NodesAssert hasConnectionLimit(String database, int limit) throws SQLException {
        return hasValue("connection limit", "datconnlimit", database, String.valueOf(limit));
    }

    public NodesAssert hasDatabaseOwner(String database, String owner) throws SQLException {
        return hasValue("owner", "pg_get_userbyid(datdba)", database, owner);
    }

    private NodesAssert has(String kind, String sql, String name) throws SQLException {
        for (EmbeddedNode node : actual) {
            List<String> found = ask(node, sql);
            if (!found.contains(name)) {
                failWithMessage("%nExpecting %s to have the %s \"%s\", but it has:%n  %s", node, kind, name, found);
            }
        }
        return this;
    }

    private NodesAssert hasNone(String kind, String sql, String name, boolean prefix) throws SQLException {
        for (EmbeddedNode node : actual) {
            List<String> found = ask(node, sql).stream()
                    .filter(each -> prefix ? each.startsWith(name) : each.equals(name))
                    .toList();
            if (!found.isEmpty()) {
                failWithMessage(
                        "%nExpecting %s to have no %s \"%s%s\", but it has:%n  %s",
                        node, kind, name, prefix ? "…" : "", found);
            }
        }
        return this;
    }

    private NodesAssert hasValue(String what, String column, String database, String expected) throws SQLException {
        for (EmbeddedNode node : actual) {
            List<String> found = ask(node, bind("select " + column + " from pg_database where datname = ?", database));
            if (!found.equals(List.of(expected))) {
                failWithMessage(
                        "%nExpecting the database \"%s\" of %s to have the %s %s, but it has:%n  %s",
                        database, node, what, expected, found);
            }
        }
        return this;
    }

    private List<String> ask(EmbeddedNode node, String sql) throws SQLException {
        return cluster.ask(node, "postgres", sql);
    }
}
