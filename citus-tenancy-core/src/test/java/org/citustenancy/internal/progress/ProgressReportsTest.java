package org.citustenancy.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.citustenancy.progress.Activity;
import org.citustenancy.progress.Count;
import org.citustenancy.progress.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressReportsTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void operation_and_other_listeners_continue_when_a_listener_throws() {
        List<Progress> heard = new CopyOnWriteArrayList<>();
        ProgressReport report = new ProgressReports(heard::add, threads, Duration.ofDays(1))
                .begin(Activity.SHARD_MOVES, "shop", progress -> {
                    throw new IllegalStateException("a listener's own fault");
                });

        report.reached("running", new Count(1, 4, "moves of shards"));
        report.reached(Progress.DONE, new Count(4, 4, "moves of shards"));

        assertThat(heard).hasSize(2);
        assertThat(heard.get(0).toString()).startsWith("shop: shard moves, running, 1 of 4 moves of shards, 25 %");
        assertThat(heard.get(1).isDone()).isTrue();
    }

    @Test
    void long_unit_of_work_is_reported_repeatedly_until_it_ends() throws InterruptedException {
        BlockingQueue<Progress> heard = new LinkedBlockingQueue<>();
        ProgressReports reports = new ProgressReports(heard::add, threads, Duration.ofMillis(10));
        ProgressReport report = reports.begin(Activity.BACKUP, "shop", progress -> {});
        try (ProgressReports.Repetition beat = reports.repeat(report)) {
            report.reached("schema", new Count(0, 0, "tables"));
            for (int repeated = 0; repeated < 3; repeated++) {
                assertThat(heard.poll(1, TimeUnit.MINUTES))
                        .isNotNull()
                        .extracting(Progress::phase, Progress::fraction)
                        .containsExactly("schema", 0.0);
            }
            report.reached(Progress.DONE, new Count(0, 0, "tables"));
            report.again();
        }
        assertThat(heard).filteredOn(Progress::isDone).hasSize(1);
    }
}
