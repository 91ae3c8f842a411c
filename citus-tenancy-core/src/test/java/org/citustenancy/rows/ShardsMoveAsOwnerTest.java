package org.citustenancy.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.citustenancy.workers.Rebalancing;
import org.citustenancy.workers.ShardTransfer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Shards and reference tables go to a worker that joins and away from one that leaves, and no superuser evaluates them. */
@Tag("long")
@Tag("once")
class ShardsMoveAsOwnerTest {

    private static final String PASSWORD = "owners-Password";

    @Test
    void shard_moves_run_no_code_as_a_superuser() throws SQLException {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .workers(1)
                .authentication(Authentication.SCRAM_SHA_256)
                .setting("wal_level", "logical")
                .setting("max_worker_processes", "60"))) {
            TestCluster nodes = new TestCluster(embedded);
            try (CitusCluster cluster = nodes.connect()) {
                Project project = cluster.project("moving")
                        .withUser("moving_owner", Secret.of(PASSWORD))
                        .withReadWriteUser("moving_writer", Secret.of(PASSWORD))
                        .create();
                Payload payload = new Payload(nodes, "moving", "moving_owner", PASSWORD);
                payload.plant();
                project.tables().distribute("goods", "id", options -> options.shardCount(4));
                payload.asOwner(Payload.table("names"));
                payload.asOwner("insert into names (id, v, n) values (1, 'one', 'n'), (2, 'two', 'n')");
                project.tables().reference("names");
                // Users' limits do not end a move.
                nodes.ask("moving", "alter database moving set idle_in_transaction_session_timeout = '1s'");
                payload.assertHarmless("what comes before");

                EmbeddedNode joining = embedded.addNode();
                cluster.workers().add("127.0.0.1", joining.port()).orThrow();

                // Where notes can be taken: the copies were made before.
                payload.prepareNodes(List.of(joining));
                assertThat(nodes.ask(joining, "moving", "moving_writer", PASSWORD, "select v from names order by id"))
                        .containsExactly("one", "two");
                payload.assertHarmless("a worker joins");
                payload.asOwner("create table fresh (id int primary key)");
                payload.asOwner("select create_distributed_table('fresh', 'id')");
                payload.assertHarmless("the next distributed table of the owner");
                assertThat(project.verify().findings())
                        .filteredOn(finding -> !finding.what().contains("timeout")
                                && !finding.what().contains("seen"))
                        .isEmpty();

                cluster.workers()
                        .rebalance(Rebalancing.STANDARD
                                .by(ShardTransfer.BLOCK_WRITES)
                                .within(Duration.ofMinutes(5)));
                assertThat(payload.ran()).contains("check", "domain", "generated", "index");
                payload.assertHarmless("rebalance, blocking writes");
                assertThat(project.tables().shardsPerNode()).hasSize(3);

                cluster.workers()
                        .drain("127.0.0.1", joining.port(), Rebalancing.STANDARD.by(ShardTransfer.FORCE_LOGICAL))
                        .orThrow();
                assertThat(payload.ran()).contains("generated");
                payload.assertHarmless("drain, by logical replication");
                assertThat(payload.asOwner("select count(*) from goods")).containsExactly("20");

                nodes.ask("moving", "alter table fresh owner to moving_writer");
                assertThatThrownBy(() -> {
                            nodes.ask(
                                    "moving",
                                    "select citus_set_node_property('127.0.0.1', " + joining.port()
                                            + ", 'shouldhaveshards', true)");
                            payload.asOwner("create table joined (id int primary key)");
                            payload.asOwner(
                                    "select create_distributed_table('joined', 'id', colocate_with => 'fresh')");
                            cluster.workers().rebalance(Rebalancing.STANDARD.by(ShardTransfer.BLOCK_WRITES));
                        })
                        .isInstanceOf(ConflictException.class)
                        .hasMessageContaining("\"moving_writer\"")
                        .hasMessageContaining("\"moving_owner\"");
                assertThat(project.verify().findings())
                        .extracting(Object::toString)
                        .anyMatch(finding -> finding.contains("tables that move together belong to several roles"));
                payload.assertNoTemporaryRoles("a refused rebalance");
            }
        }
    }
}
