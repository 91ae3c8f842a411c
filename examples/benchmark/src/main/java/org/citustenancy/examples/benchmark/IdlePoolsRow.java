package org.citustenancy.examples.benchmark;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.ProjectPoolsBuilder;

/** Measures the cost of unused pools. */
final class IdlePoolsRow implements Row {

    private static final int POOLS = 500;

    @Override
    public List<Figure> measure() throws Exception {
        try (SilentServer server = SilentServer.start()) {
            open(server, 10).close();
            long threads = ManagementFactory.getThreadMXBean().getThreadCount();
            long heap = usedHeap();
            try (ProjectPools pools = open(server, POOLS)) {
                // HikariCP's first check runs after 100 ms.
                TimeUnit.MILLISECONDS.sleep(500);
                String what = pools.pools().size() + " idle project pools";
                return List.of(
                        Figure.atMost(
                                what, ManagementFactory.getThreadMXBean().getThreadCount() - threads, "threads", 4),
                        Figure.atMost(what, server.connections(), "server connections", 0),
                        Figure.atMost(what, (usedHeap() - heap) / POOLS, "bytes of heap each", 64 * 1024));
            }
        }
    }

    private static ProjectPools open(SilentServer server, int count) {
        ProjectPoolsBuilder builder = ProjectPools.builder();
        for (int number = 0; number < count; number++) {
            builder.project(server.connection("p" + number));
        }
        ProjectPools pools = builder.open();
        for (int number = 0; number < count; number++) {
            pools.pool("p" + number, SilentServer.USER);
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
