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

/** Reports one operation on one project to listeners, and to the log where it takes long. */
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
     * The report of an operation that begins now.
     *
     * @param activity what begins
     * @param listeners who is notified
     * @param quiet for how long nothing need be in the log
     */
    ProgressReport(Activity activity, String subject, List<ProgressListener> listeners, Duration quiet) {
        this.activity = activity;
        this.subject = subject;
        this.listeners = List.copyOf(listeners);
        this.quiet = quiet;
    }

    /**
     * The report of a part of an operation that is reported as a whole.
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
     * So much is done.
     *
     * @param now the current activity
     * @param units how many units have ended
     * @param data how much data has gone through
     * @param part how much of the work it is, from 0 to 1
     */
    public synchronized void reached(String now, Count units, Volume data, double part) {
        phase = now;
        count = units;
        volume = data;
        fraction = part;
        report();
    }

    /** Reports the same again: it still goes on. */
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
     * How long it has taken so far.
     *
     * @return the time
     */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** What a listener throws says nothing of the operation. */
    private static void notify(ProgressListener listener, Progress progress) {
        try {
            listener.progressed(progress);
        } catch (RuntimeException failure) {
            LOG.warn("A progress listener failed at \"{}\"; the operation goes on", progress, failure);
        }
    }
}
