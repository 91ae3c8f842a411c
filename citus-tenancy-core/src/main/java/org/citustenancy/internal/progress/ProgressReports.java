package org.citustenancy.internal.progress;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.citustenancy.progress.Activity;
import org.citustenancy.progress.ProgressListener;

/**
 * Creates the reports of a cluster's operations.
 *
 * @param ofCluster is notified of all of them
 * @param threads repeat reports during a long unit of work
 * @param interval the longest time without a report
 */
public record ProgressReports(ProgressListener ofCluster, ExecutorService threads, Duration interval) {

    /**
     * Creates the report of an operation that begins now.
     *
     * @param activity the operation
     * @param ofCall the listener of the call, which is notified, too
     */
    public ProgressReport begin(Activity activity, String subject, ProgressListener ofCall) {
        return new ProgressReport(activity, subject, List.of(ofCall, ofCluster), interval);
    }

    /**
     * Repeats a report while there is no new one, until the result is closed.
     *
     * @return ends the repetition
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
