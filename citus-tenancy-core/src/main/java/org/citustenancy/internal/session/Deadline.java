package org.citustenancy.internal.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.errors.Place;

/** The time by which an operation must have ended. */
public final class Deadline {

    private final Duration allowed;
    private final long endNanos;
    private final Supplier<List<String>> silentNodes;

    private Deadline(Duration allowed, Supplier<List<String>> silentNodes) {
        this.allowed = allowed;
        this.silentNodes = silentNodes;
        this.endNanos = System.nanoTime() + allowed.toNanos();
    }

    /**
     * Returns a deadline that starts now.
     *
     * @param allowed how long the operation may take
     */
    public static Deadline in(Duration allowed) {
        return in(allowed, List::of);
    }

    /**
     * Returns a deadline that starts now.
     *
     * @param allowed how long the operation may take
     * @param silentNodes finds the nodes that do not answer, once the deadline has passed
     */
    public static Deadline in(Duration allowed, Supplier<List<String>> silentNodes) {
        return new Deadline(allowed, silentNodes);
    }

    /**
     * Returns a deadline for a part of the operation, which is never later than this one.
     *
     * @param part how long the part may take from now on
     */
    public Deadline atMost(Duration part) {
        return part.toNanos() < remainingNanos() ? in(part, silentNodes) : this;
    }

    /**
     * Returns the remaining time.
     *
     * @return nanoseconds, zero or less if the deadline has passed
     */
    public long remainingNanos() {
        return endNanos - System.nanoTime();
    }

    /**
     * Returns the remaining time in whole seconds, for drivers that use seconds.
     *
     * @return at least one
     */
    public int remainingSeconds() {
        return (int) Math.max(1, Duration.ofNanos(remainingNanos()).toSeconds());
    }

    /**
     * Waits, at most until the deadline.
     *
     * @param time how long
     * @param where the place that the operation waits for
     * @throws DeadlineExceededException if the deadline passes meanwhile
     * @throws OperationInterruptedException if the thread is interrupted
     */
    public void sleep(Duration time, Place where) {
        if (remainingNanos() <= time.toNanos()) {
            throw exceeded(where);
        }
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    Failure.of("The calling thread was interrupted while it waited")
                            .where(where)
                            .state("what the steps before did stands")
                            .fix("run the request again to finish it"),
                    interrupted);
        }
    }

    /**
     * Returns the exception for a deadline that has passed.
     *
     * @param where the place that the operation waited for
     */
    public DeadlineExceededException exceeded(Place where) {
        String passed = "It did not end within " + allowed.toMillis() + " ms";
        List<String> silent = silentNodes.get();
        Failure failure = silent.isEmpty()
                ? Failure.of(passed)
                        .fix("look for what the server waits for (pg_stat_activity, pg_locks), or allow more time, and "
                                + "run the request again")
                : Failure.of(passed + ". " + SilentNodes.described(silent)).fix(SilentNodes.FIX);
        return new DeadlineExceededException(failure.where(where).state("what the steps before did stands"));
    }
}
