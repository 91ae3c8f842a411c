package org.citustenancy.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.hikari.metrics.MicrometerMetrics;
import org.citustenancy.hikari.metrics.PoolMetrics;
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

    @Test
    void closed_pools_leave_no_registry_behind_in_a_composite_registry() throws Exception {
        CompositeMeterRegistry application = new CompositeMeterRegistry();
        application.add(new SimpleMeterRegistry());
        open(1, MicrometerMetrics.in(application)).close();
        long before = instances(CompositeMeterRegistry.class);

        open(20, MicrometerMetrics.in(application)).close();

        assertThat(instances(CompositeMeterRegistry.class)).isEqualTo(before);
        assertThat(application.getMeters()).isEmpty();
    }

    /** Counts the reachable instances of a class. */
    private static long instances(Class<?> type) throws Exception {
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return String.valueOf(histogram)
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[3].equals(type.getName()))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }

    private static ProjectPools open(int count) {
        return open(count, PoolMetrics.NONE);
    }

    private static ProjectPools open(int count, PoolMetrics metrics) {
        ProjectPoolsBuilder builder = ProjectPools.builder().metrics(metrics);
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
