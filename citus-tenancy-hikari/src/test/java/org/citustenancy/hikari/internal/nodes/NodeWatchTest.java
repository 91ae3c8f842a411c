package org.citustenancy.hikari.internal.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.citustenancy.hikari.nodes.NodeAddress;
import org.citustenancy.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The checks of a node by pools whose logins differ; {@code StandbyPoolTest} has real nodes. */
class NodeWatchTest {

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(2);
    private final NodeWatch watch = new NodeWatch(executor);
    private final WatchedNode node = watch.node(new NodeAddress("node", 5432));
    private final AtomicReference<NodeProbe.Answer> answer =
            new AtomicReference<>(NodeProbe.Answer.down("it does not answer"));
    private final AtomicInteger checks = new AtomicInteger();
    private final NodeProbe probe = timeout -> {
        checks.incrementAndGet();
        return answer.get();
    };

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    @Test
    void login_that_the_server_refuses_neither_ends_nor_decides_the_checks() throws Exception {
        node.checkWith(timeout -> NodeProbe.Answer.UNKNOWN);
        node.checkWith(probe);
        node.failed("it does not answer");
        Await.until(() -> checks.get() >= 2);
        assertThat(node.isDown()).isTrue();
        answer.set(NodeProbe.Answer.UNKNOWN);
        int before = checks.get();
        Await.until(() -> checks.get() >= before + 2);
        assertThat(node.isDown()).isTrue();
        answer.set(NodeProbe.Answer.UP);

        Await.until(() -> !node.isDown());
    }

    @Test
    void many_suspicions_of_a_node_make_one_check_at_a_time() throws Exception {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger atOnce = new AtomicInteger();
        node.checkWith(timeout -> {
            atOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
            checks.incrementAndGet();
            ended.completeOnTimeout(null, 30, TimeUnit.SECONDS).join();
            running.decrementAndGet();
            return NodeProbe.Answer.down("it does not answer");
        });
        node.suspect();
        Await.until(() -> checks.get() == 1);
        for (int number = 0; number < 100; number++) {
            node.suspect();
        }
        assertThat(executor.getQueue()).as("during a check").isEmpty();
        ended.complete(null);
        Await.until(() -> executor.getQueue().size() == 1);
        for (int number = 0; number < 100; number++) {
            node.suspect();
        }
        assertThat(executor.getQueue()).as("until the next check").hasSizeLessThanOrEqualTo(1);
        Await.until(() -> checks.get() >= 2);

        assertThat(atOnce).hasValue(1);
    }

    @Test
    void pool_that_is_closed_takes_no_part_in_checks() throws Exception {
        AtomicInteger others = new AtomicInteger();
        node.checkWith(probe);
        node.checkWith(timeout -> {
            others.incrementAndGet();
            return NodeProbe.Answer.down("it does not answer");
        });
        node.forget(probe);
        node.failed("it does not answer");
        Await.until(() -> others.get() >= 2);

        assertThat(checks).hasValue(0);
    }
}
