package org.citustenancy.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Set;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.hikari.nodes.NodeSpread;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.hikari.testing.PoolPorts;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pools on every node, while a standby or a hung server is at the address of a worker. */
@Tag("once")
class StandbyPoolTest {

    private static final String NAME = "switched";
    private static final String USER = "switched_u";
    private static final int CONNECTIONS = 4;

    @Test
    void pool_opens_no_connection_on_a_standby_or_a_server_that_hangs() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .workers(1)
                .ownSystemIdentifiers()
                .authentication(Authentication.SCRAM_SHA_256))) {
            TestCluster nodes = TestCluster.closed(embedded);
            EmbeddedNode worker = embedded.workers().get(0);
            try (CitusCluster cluster = nodes.connect()) {
                Project project = cluster.project(NAME).withUser(USER).create();
                ConnectionInfo connection = project.connection(USER);
                EmbeddedNode standby = embedded.addStandby(worker);
                try (ProjectPools pools = open(cluster, connection)) {
                    assertThat(ports(pools))
                            .containsExactlyInAnyOrder(embedded.coordinator().port(), worker.port());
                    exchange(worker, standby);

                    Await.until(() -> portsIfPossible(pools)
                            .equals(Set.of(embedded.coordinator().port())));
                    assertThat(ports(pools))
                            .containsExactly(embedded.coordinator().port());

                    cluster.workers()
                            .relocate(worker.name(), worker.port(), standby.name(), standby.port())
                            .orThrow();
                    Await.until(() -> portsIfPossible(pools).contains(standby.port()));
                    standby.pause();
                    try (ProjectPools later = open(cluster, connection)) {
                        assertThat(ports(later))
                                .containsExactly(embedded.coordinator().port());
                        standby.resume();
                        Await.until(() -> portsIfPossible(later).contains(standby.port()));
                    }
                }
            }
        }
    }

    private static ProjectPools open(CitusCluster cluster, ConnectionInfo connection) {
        return ProjectPools.builder()
                .cluster(cluster)
                .spread(NodeSpread.ANY_NODE)
                .settings(PoolSettings.guide()
                        .with()
                        .max(CONNECTIONS)
                        .connectionTimeoutMillis(20_000)
                        .build())
                .project(connection)
                .open();
    }

    /** A planned switchover. */
    private static void exchange(EmbeddedNode former, EmbeddedNode successor) {
        former.stop();
        successor.promote();
        former.follow(successor);
        former.start();
    }

    private static Set<Integer> portsIfPossible(ProjectPools pools) {
        return PoolPorts.ifPossible(pools.pool(NAME, USER), CONNECTIONS);
    }

    private static Set<Integer> ports(ProjectPools pools) throws SQLException {
        return PoolPorts.of(pools.pool(NAME, USER), CONNECTIONS);
    }
}
