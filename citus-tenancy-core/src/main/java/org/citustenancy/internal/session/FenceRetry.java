package org.citustenancy.internal.session;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.citustenancy.errors.ServerErrorException;

/**
 * Locks tables against other sessions in short attempts. Statements queue behind a waiting lock. So an attempt waits
 * only briefly, releases its locks, and lets the queued statements run before the next attempt.
 */
public final class FenceRetry {

    /** How long an attempt waits for a lock, in milliseconds. */
    public static final int ATTEMPT_MILLIS = 500;

    private FenceRetry() {}

    /**
     * Repeats the attempt until no other session holds a lock.
     *
     * @param busy the SQLSTATEs by which the server reports that other sessions hold a lock
     * @param attempt takes all locks, and releases them if it throws
     * @param pause waits for the next attempt, or throws if the time is over; gets the error of the server
     * @return the result of the attempt that succeeded
     */
    public static <T> T untilLocked(Set<String> busy, Supplier<T> attempt, Consumer<ServerErrorException> pause) {
        while (true) {
            try {
                return attempt.get();
            } catch (ServerErrorException refused) {
                if (!busy.contains(refused.sqlState())) {
                    throw refused;
                }
                pause.accept(refused);
            }
        }
    }
}
