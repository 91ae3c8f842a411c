package org.citustenancy.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.TestCluster.identifier;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectTemplate;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The owner of a copy does not open the sealed template, and later copies contain nothing of that owner's. */
@Tag("asks-for-passwords")
@RequiresCluster
class SealedTemplateTest {

    @Test
    void owner_of_a_copy_cannot_change_the_template(TestCluster nodes) throws Exception {
        String name = TestCluster.unique("sealed");
        HostileProject sealed = HostileProject.named(nodes, name);
        try (CitusCluster cluster = nodes.connect()) {
            ProjectTemplate template = cluster.template(sealed.request(cluster), "1", project -> {});
            HostileProject copy = sealed.copied(TestCluster.unique("sealed"));
            template.create(copy.name());
            List<String> succeeded = new ArrayList<>();
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                try (Connection owner = open(node, copy.name(), sealed.attacker())) {
                    attempt(succeeded, node, owner, "alter database " + identifier(name) + " allow_connections true");
                    plant(succeeded, node, name, sealed.attacker());
                    // As it was, or the library would see it.
                    attempt(succeeded, node, owner, "alter database " + identifier(name) + " allow_connections false");
                }
            }

            for (EmbeddedNode node : nodes.embedded().nodes()) {
                // Refused, and where Citus ends the template's maintenance daemon first, nothing is in the way of a
                // copy.
                try (Connection reader = open(node, copy.name(), sealed.reader())) {
                    attempt(succeeded, node, reader, "drop database " + identifier(name));
                }
            }

            Project later = template.create(TestCluster.unique("sealed"));

            assertThat(nodes.ask(later.name(), "select relname from pg_class where relname = 'planted'"))
                    .as("what is in later copies; before that these succeeded: " + succeeded)
                    .isEmpty();
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                try (Connection owner = open(node, copy.name(), sealed.attacker())) {
                    for (String change : List.of("connection limit -1", "is_template true", "set work_mem = '1MB'")) {
                        attempt(succeeded, node, owner, "alter database " + identifier(name) + " " + change);
                    }
                }
            }
            assertThat(succeeded)
                    .as("what the owner of a copy did to the template")
                    .isEmpty();
        }
    }

    private static Connection open(EmbeddedNode node, String database, String user) throws SQLException {
        return DriverManager.getConnection(node.jdbcUrl(database), user, HostileProject.PASSWORD.reveal());
    }

    private static void plant(List<String> succeeded, EmbeddedNode node, String template, String attacker) {
        try (Connection inside = open(node, template, attacker)) {
            TestCluster.ask(inside, "set citus.enable_ddl_propagation = off");
            TestCluster.ask(inside, "create table planted (id int)");
            succeeded.add("planted a table on " + node);
        } catch (SQLException refused) {
            assertThat(refused.getSQLState()).isIn("55000", "42501", "53300");
        }
    }

    private static void attempt(List<String> succeeded, EmbeddedNode node, Connection connection, String sql) {
        try {
            TestCluster.ask(connection, sql);
            succeeded.add(sql + " on " + node);
        } catch (SQLException refused) {
            assertThat(refused.getSQLState()).as(sql).isEqualTo("42501");
        }
    }
}
