package org.citustenancy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.backup.Backup;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large objects of users who may not write any, and privileges on functions, in backups. */
@Tag("asks-for-passwords")
@RequiresCluster
class LargeObjectsOfReadersTest {

    private static final Secret PASSWORD = Secret.of("large-Password");

    /** Who may execute what differs from what the server and Citus made it. */
    private static final String GRANTED = "select count(*), string_agg(distinct x.grantee::regrole::text, ',') "
            + "from pg_proc p cross join lateral aclexplode(p.proacl) x "
            + "where p.pronamespace in ('pg_catalog'::regnamespace, to_regnamespace('citus_internal')) "
            + "and x.grantee::regrole::text like 'large%'";

    private final TestCluster nodes;

    LargeObjectsOfReadersTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void backup_with_large_objects_of_readers_is_restored_under_other_users(@TempDir Path home) throws SQLException {
        String name = TestCluster.unique("large");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name)
                    .withUser(name + "_o", PASSWORD)
                    .withReadOnlyUser(name + "_ro", PASSWORD)
                    .create();
            nodes.ask(
                    nodes.embedded().coordinator(),
                    name,
                    name + "_o",
                    PASSWORD.reveal(),
                    "create table t (id bigint); select create_distributed_table('t', 'id'); insert into t values (1)");
            nodes.ask(name, "select lo_from_bytea(4711, 'x')");
            nodes.ask(name, "alter large object 4711 owner to \"" + name + "_ro\"");

            Backup backup = project.backup(home.resolve("backup"));

            assertThat(backup.leftOut())
                    .singleElement()
                    .asString()
                    .contains("1 large objects")
                    .contains(name + "_ro");
            project.exportSql(home.resolve("whole.sql"));
            assertThat(home.resolve("whole.sql"))
                    .content()
                    .doesNotContain("citus_internal")
                    .doesNotContain("lo_create")
                    .doesNotContain("4711");
            nodes.ask(name, "alter large object 4711 owner to \"" + name + "_o\"");
            assertThatThrownBy(() -> project.backup(home.resolve("refused")))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("1 large objects of \"" + name + "_o\"");
            project.drop();

            Project restored = cluster.backups()
                    .restore(home.resolve("backup"))
                    .as(name + "_again")
                    .create();
            assertThat(restored.verify().findings()).isEmpty();
            assertThat(nodes.askAll(restored.name(), GRANTED).get(0)).endsWith("|" + name + "_o");
            assertThat(nodes.ask(restored.name(), "select count(*) from pg_largeobject_metadata"))
                    .containsExactly("0");
            assertThat(nodes.ask(restored.name(), "select count(*) from t")).containsExactly("1");
            restored.drop();
        }
        assertThat(Files.exists(home.resolve("refused").resolve("manifest.json")))
                .isFalse();
    }
}
