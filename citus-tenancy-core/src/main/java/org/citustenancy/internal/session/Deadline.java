package org.citustenancy.internal.session;

import java.time.Duration;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;

/** The moment by which an operation must have ended. */
public final class Deadline {

    private final Duration allowed;
    private final long endNanos;

    private Deadline(Duration allowed) {
        this.allowed = allowed;
        this.endNanos = System.nanoTime() + allowed.toNanos();
    }

    /**
     * A deadline from now on.
     *
     * @param allowed how long the operation may take
     * @return the deadline
     */
    public static Deadline in(Duration allowed) {
        return new Deadline(allowed);
    }

    /**
     * What is left.
     *
     * @return nanoseconds, zero or less if it has passed
     */
    public long remainingNanos() {
        return endNanos - System.nanoTime();
    }

    /**
     * Whole seconds that are left, for drivers that count in them.
     *
     * @return at least one
     */
    public int remainingSeconds() {
        return (int) Math.max(1, Duration.ofNanos(remainingNanos()).toSeconds());
    }

    /**
     * What to throw once it has passed.
     *
     * @param where what was waited for
     * @return the exception
     */
    public DeadlineExceededException exceeded(Place where) {
        return new DeadlineExceededException(Failure.of("It did not end within " + allowed.toMillis() + " ms")
                .where(where)
                .done("what the steps before did stands")
                .toDo(
                        "look for what the server waits for (pg_stat_activity, pg_locks), or allow more time, and run the "
                                + "request again"));
    }
}
