package org.citustenancy.internal.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citustenancy.progress.Activity;
import org.citustenancy.progress.Count;
import org.citustenancy.progress.Progress;
import org.citustenancy.progress.ProgressListener;
import org.citustenancy.progress.Volume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports one operation on one project to listeners, and to the log if it takes long. */
public final class ProgressReport {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressReport.class);

    private static final Duration NEVER = Duration.ofDays(1);

    private final Activity activity;
    private final String subject;
    private final List<ProgressListener> listeners;
    private final Duration quiet;
    private final Instant started = Instant.now();
    private final long begun = System.nanoTime();
    private long logged = begun;
    private String phase = "";
    private Count count = new Count(0, 0, "");
    private Volume volume = Volume.NONE;
    private double fraction;

    /**
     * Creates the report of an operation that begins now.
     *
     * @param activity the operation
     * @param listeners the listeners to notify
     * @param quiet how long the log may have no entry
     */
    ProgressReport(Activity activity, String subject, List<ProgressListener> listeners, Duration quiet) {
        this.activity = activity;
        this.subject = subject;
        this.listeners = List.copyOf(listeners);
        this.quiet = quiet;
    }

    /**
     * Returns the report of a part of an operation that is reported as a whole.
     *
     * @return a report without listeners
     */
    public static ProgressReport silent(String subject) {
        return new ProgressReport(Activity.STEPS, subject, List.of(), NEVER);
    }

    /**
     * Records the number of finished units.
     *
     * @param now the current activity
     */
    public void reached(String now, Count units) {
        reached(now, units, Volume.NONE, units.total() == 0 ? 0 : (double) units.done() / units.total());
    }

    /**
     * Reports the current progress.
     *
     * @param now the current activity
     * @param units how many units have ended
     * @param data how much data was transferred
     * @param part the completed part of the work, from 0 to 1
     */
    public synchronized void reached(String now, Count units, Volume data, double part) {
        phase = now;
        count = units;
        volume = data;
        fraction = part;
        report();
    }

    /** Repeats the last report, because the operation still runs. */
    synchronized void again() {
        if (!phase.isEmpty() && !phase.equals(Progress.DONE)) {
            report();
        }
    }

    private void report() {
        Duration elapsed = elapsed();
        Progress progress = new Progress(activity, subject, phase, count, volume, fraction, started, elapsed);
        long now = System.nanoTime();
        if (now - logged >= quiet.toNanos()) {
            logged = now;
            LOG.info("{}", progress);
        }
        listeners.forEach(listener -> notify(listener, progress));
    }

    /**
     * Returns the elapsed time.
     *
     * @return the time
     */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Notifies a listener. An exception from the listener does not affect the operation. */
    private static void notify(ProgressListener listener, Progress progress) {
        try {
            listener.progressed(progress);
        } catch (RuntimeException failure) {
            LOG.warn("A progress listener failed at \"{}\"; the operation goes on", progress, failure);
        }
    }
}
