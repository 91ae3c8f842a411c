package org.citustenancy.testing;

import static org.citustenancy.testing.TestCluster.bind;
import static org.citustenancy.testing.TestCluster.literal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citustenancy.embedded.EmbeddedNode;

/** What the nodes themselves say of a project, its own names left out, so that two projects can be compared. */
public final class ProjectPicture {

    private ProjectPicture() {}

    /**
     * Looks at a project on every node.
     *
     * @return what each node says, by node
     */
    public static Map<String, List<String>> of(TestCluster nodes, String project, String owner) throws SQLException {
        return of(nodes, nodes.embedded().nodes(), project, owner);
    }

    /**
     * Looks at a project on some nodes.
     *
     * @return what each node says, by node
     */
    public static Map<String, List<String>> of(
            TestCluster nodes, List<EmbeddedNode> where, String project, String owner) throws SQLException {
        Map<String, List<String>> picture = new TreeMap<>();
        for (EmbeddedNode node : where) {
            List<String> lines = new ArrayList<>();
            try (Connection outside = nodes.open(node, "postgres");
                    Connection inside = nodes.open(node, project)) {
                lines.addAll(named("database", outside, database(project, owner)));
                lines.addAll(named("door", outside, doors(project, owner)));
                lines.addAll(named("setting", outside, settings(project)));
                lines.addAll(named("role", outside, role(owner)));
                lines.addAll(named("extension", inside, "select extname from pg_extension order by 1"));
                if (nodes.hasCitus()) {
                    lines.addAll(named("node", inside, NODES));
                    lines.addAll(named("node password", inside, nodePasswords(owner)));
                }
            }
            picture.put(node.toString(), lines);
        }
        return picture;
    }

    private static final String NODES = """
            select nodename, nodeport, groupid = 0, noderole, isactive, hasmetadata, metadatasynced, shouldhaveshards \
            from pg_dist_node order by nodename, nodeport""";

    private static String database(String project, String owner) {
        return """
                select pg_get_userbyid(datdba) = %s, datallowconn, datconnlimit, datistemplate from pg_database \
                where datname = %s""".formatted(literal(owner), literal(project));
    }

    private static String doors(String project, String owner) {
        return """
                select case when grantee = 0 then 'PUBLIC' when grantee = datdba then 'OWNER' \
                when grantee = %s::regrole then 'PROJECT OWNER' else pg_get_userbyid(grantee) end, \
                privilege_type, is_grantable \
                from pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) \
                where datname = %s order by 1, 2""".formatted(literal(TestCluster.identifier(owner)), literal(project));
    }

    private static String settings(String project) {
        return """
                select setrole, unnest(setconfig) from pg_db_role_setting join pg_database d on d.oid = setdatabase \
                where datname = %s order by 1, 2""".formatted(literal(project));
    }

    private static String role(String owner) {
        return """
                select rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolinherit, rolreplication, rolbypassrls, \
                rolconnlimit, rolpassword like 'SCRAM-SHA-256$%%' from pg_authid where rolname = %s""".formatted(literal(owner));
    }

    private static String nodePasswords(String owner) {
        return bind("select nodeid, rolename = ? from pg_dist_authinfo order by 1, 2", owner);
    }

    private static List<String> named(String kind, Connection connection, String sql) throws SQLException {
        return TestCluster.ask(connection, sql).stream()
                .map(row -> kind + " " + row)
                .toList();
    }
}
