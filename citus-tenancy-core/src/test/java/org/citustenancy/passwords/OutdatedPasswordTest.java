package org.citustenancy.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.SQLException;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Yesterday's configuration does not set yesterday's password back, and a changed one changes it. */
@Tag("asks-for-passwords")
@RequiresCluster
class OutdatedPasswordTest {

    private static final Secret FIRST = Secret.of("first-Password");
    private static final Secret SECOND = Secret.of("second-Password");
    private static final Secret THIRD = Secret.of("third-Password");

    private final TestCluster nodes;
    private final String name = TestCluster.unique("outdated");
    private final String user = name + "_u";

    OutdatedPasswordTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    private Project create(CitusCluster cluster, Secret password) {
        return cluster.project(name).withUser(user, password).create();
    }

    private void assertPassword(Secret password) throws SQLException {
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            assertThat(nodes.ask(node, name, user, password.reveal(), "select count(*) from t"))
                    .containsExactly("0");
        }
    }

    @Test
    void create_refuses_a_replaced_password_and_applies_a_new_one() throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            Project project = create(cluster, FIRST);
            nodes.ask(nodes.embedded().coordinator(), name, user, FIRST.reveal(), "create table t (id int)");
            project.tables().distribute("t", "id", options -> options.shardCount(4));
            cluster.users().rotatePassword(user, SECOND);

            assertThatThrownBy(() -> create(cluster, FIRST))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("outdated")
                    .hasMessageContaining("rotatePassword")
                    .hasMessageContaining("nothing was changed");
            assertThatThrownBy(() -> cluster.project(name).withUser(user, FIRST).plan())
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("outdated");
            assertThat(cluster.create(List.of(cluster.project(name).withUser(user, FIRST))))
                    .singleElement()
                    .satisfies(outcome ->
                            assertThat(outcome.failure().orElseThrow()).hasMessageContaining("outdated"));
            assertPassword(SECOND);
            assertThat(create(cluster, SECOND).result().orElseThrow().changed()).isFalse();

            create(cluster, THIRD);
            assertPassword(THIRD);
            assertThatThrownBy(() -> create(cluster, SECOND)).hasMessageContaining("outdated");
            assertThat(cluster.getProject(name).verify().findings()).isEmpty();

            cluster.users().rotatePassword(user, FIRST);
            create(cluster, FIRST);
            assertPassword(FIRST);
            assertThat(nodes.ask("postgres", "select count(*) from citus_tenancy.password_change"))
                    .containsExactly("0");
            cluster.getProject(name).drop();
            assertThat(nodes.ask(
                            "postgres",
                            bind("select count(*) from citus_tenancy.former_password where role_name = ?", user)))
                    .containsExactly("0");
            create(cluster, SECOND);
        }
    }

    @Test
    void former_passwords_are_readable_by_the_admin_only() throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            create(cluster, FIRST);
            cluster.users().rotatePassword(user, SECOND);

            assertThatThrownBy(() -> nodes.ask(
                            nodes.embedded().coordinator(),
                            "postgres",
                            user,
                            SECOND.reveal(),
                            "select * from citus_tenancy.former_password"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }
}
