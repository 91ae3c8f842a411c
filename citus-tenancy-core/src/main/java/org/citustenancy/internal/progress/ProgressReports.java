package org.citustenancy.internal.progress;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.citustenancy.progress.Activity;
import org.citustenancy.progress.ProgressListener;

/**
 * Makes the reports of a cluster's operations.
 *
 * @param ofCluster is notified of all of them
 * @param threads repeat what a long unit of work leaves unreported
 * @param interval how long an operation may be silent
 */
public record ProgressReports(ProgressListener ofCluster, ExecutorService threads, Duration interval) {

    /**
     * The report of an operation that begins now.
     *
     * @param activity what begins
     * @param ofCall who is notified besides
     */
    public ProgressReport begin(Activity activity, String subject, ProgressListener ofCall) {
        return new ProgressReport(activity, subject, List.of(ofCall, ofCluster), interval);
    }

    /**
     * Repeats a report as long as it is silent, until the result is closed.
     *
     * @return what ends it
     */
    public Repetition repeat(ProgressReport report) {
        return new Repetition(threads.submit(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.NANOSECONDS.sleep(interval.toNanos());
                report.again();
            }
            return report;
        }));
    }

    /** A report that is repeated. */
    public static final class Repetition implements AutoCloseable {

        private final Future<ProgressReport> repeating;

        private Repetition(Future<ProgressReport> repeating) {
            this.repeating = repeating;
        }

        @Override
        public void close() {
            repeating.cancel(true);
        }
    }
}
