package org.citustenancy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlainClusterTest {

    @AfterEach
    void forget() {
        System.clearProperty(EmbeddedCluster.BACKEND_PROPERTY);
    }

    @Test
    void plain_backend_works_and_explains_that_it_has_no_citus() throws SQLException {
        System.setProperty(EmbeddedCluster.BACKEND_PROPERTY, " Plain");

        try (EmbeddedCluster cluster = EmbeddedCluster.builder()
                .workers(3)
                .authentication(Authentication.SCRAM_SHA_256)
                .setting("citus.shard_count", "4")
                .start()) {
            assertThat(cluster.backend()).isEqualTo(Backend.PLAIN);
            assertThat(cluster.hasCitus()).isFalse();
            assertThat(cluster.whyNoCitus())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("plain", "requested"));
            assertThat(cluster.workers()).isEmpty();
            assertThat(cluster.nodes()).containsExactly(cluster.coordinator());
            assertThatThrownBy(cluster::addNode)
                    .isInstanceOf(EmbeddedClusterException.class)
                    .hasMessageContaining("one server only");

            try (TestSession sql = TestSession.admin(cluster)) {
                sql.run("CREATE TABLE t AS SELECT 1 AS one");
                assertThat(sql.column("SELECT name FROM pg_available_extensions WHERE name = 'citus'"))
                        .isEmpty();
                assertThat(sql.value("SHOW shared_preload_libraries")).isEmpty();
            }

            cluster.coordinator().kill();
            cluster.coordinator().start();
            try (TestSession sql = TestSession.admin(cluster)) {
                assertThat(sql.value("SELECT one FROM t")).isEqualTo("1");
            }
        }
    }
}
