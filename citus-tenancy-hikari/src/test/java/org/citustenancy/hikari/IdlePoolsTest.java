package org.citustenancy.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.hikari.testing.QuickProjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What unused pools cost. No server is there: a pool that asked for one would show it. */
@Isolated("counts the threads of the JVM")
class IdlePoolsTest {

    private static final Logger LOG = LoggerFactory.getLogger(IdlePoolsTest.class);

    private static final int POOLS = 500;

    @Test
    void five_hundred_idle_pools_add_few_threads_no_connection_and_little_heap() throws InterruptedException {
        open(10).close();
        int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
        long heapBefore = usedHeap();
        try (ProjectPools pools = open(POOLS)) {
            // HikariCP looks for the first time after 100 ms.
            TimeUnit.MILLISECONDS.sleep(500);
            int threads = ManagementFactory.getThreadMXBean().getThreadCount() - threadsBefore;
            long heap = (usedHeap() - heapBefore) / POOLS;
            LOG.warn("{} idle pools: {} threads, {} bytes of heap each", POOLS, threads, heap);

            assertThat(pools.pools()).hasSize(POOLS);
            assertThat(pools.pools())
                    .allSatisfy(pool -> assertThat(pool.figures().total()).isZero());
            assertThat(pools.use().held()).isZero();
            assertThat(threads).isLessThanOrEqualTo(4);
            assertThat(heap).isLessThanOrEqualTo(64 * 1024);
        }
    }

    private static ProjectPools open(int count) {
        ProjectPoolsBuilder builder = ProjectPools.builder();
        for (int number = 0; number < count; number++) {
            builder.project(new ConnectionInfo(
                    "127.0.0.1",
                    1,
                    "p" + number,
                    "u",
                    Optional.of(QuickProjects.PASSWORD),
                    "jdbc:postgresql://127.0.0.1:1/p" + number,
                    Map.of()));
        }
        ProjectPools pools = builder.open();
        for (int number = 0; number < count; number++) {
            pools.pool("p" + number, "u");
        }
        return pools;
    }

    private static long usedHeap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 3; attempt++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(50);
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
