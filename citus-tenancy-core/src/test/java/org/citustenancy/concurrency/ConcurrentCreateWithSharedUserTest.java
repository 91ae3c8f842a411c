package org.citustenancy.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.Gate;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two new projects with the same new user, for whom a password is generated: the second one finds the role, and the password
 * nowhere yet.
 */
@Tag("long")
@Tag("asks-for-passwords")
@RequiresCluster
class ConcurrentCreateWithSharedUserTest {

    private final TestCluster nodes;
    private final String first = TestCluster.unique("new") + "_first";
    private final String second = first + "_second";
    private final String user = first + "_user";
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Gate roleMade = new Gate();

    ConcurrentCreateWithSharedUserTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @AfterEach
    void end() {
        roleMade.open();
        threads.shutdownNow();
    }

    @Test
    void second_create_waits_until_the_first_has_set_the_password() throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            Future<Project> slow = threads.submit(() -> cluster.project(first)
                    .withUser(user)
                    .onProgress(progress -> {
                        if (progress.phase().contains("create the database")) {
                            roleMade.pass();
                        }
                    })
                    .create());
            roleMade.awaitSomebody();

            Future<Project> waiting =
                    threads.submit(() -> cluster.project(second).withUser(user).create());
            Await.until(() -> waiting.isDone() || isWaitedFor(first));
            roleMade.open();

            assertThat(TestCluster.besidesTrust(waiting.get().verify()).findings())
                    .isEmpty();
            assertThat(TestCluster.besidesTrust(slow.get().verify()).findings()).isEmpty();
        }
    }

    private boolean isWaitedFor(String project) throws SQLException {
        String waiting =
                "select pid from pg_stat_activity where wait_event = 'advisory' and query like '%/" + project + "''%'";
        return !nodes.ask("postgres", waiting).isEmpty();
    }
}
