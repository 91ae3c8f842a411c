package org.citustenancy.internal.session;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.citustenancy.errors.ServerErrorException;

/**
 * Locks tables against other sessions in short attempts. Statements queue behind a lock that waits, so an attempt does not wait
 * long, gives its locks back, and lets the queue go on before the next one.
 */
public final class FenceRetry {

    /** How long an attempt waits for a lock, in milliseconds. */
    public static final int ATTEMPT_MILLIS = 500;

    private FenceRetry() {}

    /**
     * Attempts it until no lock is held by others.
     *
     * @param busy the states by which the server says that others hold a lock
     * @param attempt takes all locks, and gives them back where it throws
     * @param pause waits for the next attempt, or throws if the time is over; gets what the server refused
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
