package org.citustenancy.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations between the failure of a worker and the promotion of its standby, and again after the failover. */
@Tag("once")
@Tag("long")
@Order(4)
class OperationsDuringFailoverTest {

    private static final String HERE = "127.0.0.1";
    private static final Secret PASSWORD = Secret.of("during-Password-1");
    private static final Secret NEXT = Secret.of("during-Password-2");

    @TempDir
    private Path directory;

    private int attempt;

    @Test
    void operations_fail_cleanly_and_succeed_after_the_failover() throws SQLException {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .workers(2)
                .ownSystemIdentifiers()
                .authentication(Authentication.SCRAM_SHA_256)
                .setting("max_worker_processes", "100")
                .setting("citus.recover_2pc_interval", "1h"))) {
            TestCluster nodes = TestCluster.closed(embedded);
            try (CitusCluster cluster = CitusCluster.connect(nodes.options().deadline(Duration.ofSeconds(30)))) {
                Project project = cluster.project("interrupted")
                        .withUser("interrupted_user", PASSWORD)
                        .create();
                ask(nodes, PASSWORD, "create table facts (id bigint primary key, value text)");
                ask(nodes, PASSWORD, "insert into facts select i, 'x' from generate_series(1, 100) i");
                project.tables().distribute("facts", "id", options -> options.shardCount(8));
                EmbeddedNode worker = embedded.workers().get(0);
                EmbeddedNode standby = embedded.addStandby(worker);
                Map<String, ThrowingCallable> operations = operations(cluster, project);
                worker.kill();

                operations.forEach((name, operation) -> assertThatThrownBy(operation)
                        .as(name)
                        .isInstanceOf(CitusTenancyException.class)
                        .hasMessageContaining(HERE + ":" + worker.port()));
                standby.promote();
                cluster.workers()
                        .relocate(HERE, worker.port(), HERE, standby.port())
                        .orThrow();
                for (Map.Entry<String, ThrowingCallable> operation : operations.entrySet()) {
                    try {
                        operation.getValue().call();
                    } catch (Throwable failure) {
                        throw new AssertionError(operation.getKey(), failure);
                    }
                }

                assertThat(ask(nodes, NEXT, "select count(*) from facts")).containsExactly("100");
                for (String name : List.of("interrupted", "began", "cloned")) {
                    assertThat(cluster.getProject(name).verify().findings())
                            .as(name)
                            .isEmpty();
                }
            }
        }
    }

    private Map<String, ThrowingCallable> operations(CitusCluster cluster, Project project) {
        Map<String, ThrowingCallable> operations = new LinkedHashMap<>();
        operations.put(
                "create",
                () -> cluster.project("began").withUser("began_user", PASSWORD).create());
        operations.put("back up", () -> project.backup(directory.resolve("backup" + ++attempt)));
        operations.put("rotate", () -> cluster.users().rotatePassword("interrupted_user", NEXT));
        operations.put("clone", () -> project.cloneTo("cloned"));
        return operations;
    }

    private static List<String> ask(TestCluster nodes, Secret password, String sql) throws SQLException {
        return nodes.ask(nodes.embedded().coordinator(), "interrupted", "interrupted_user", password.reveal(), sql);
    }
}
