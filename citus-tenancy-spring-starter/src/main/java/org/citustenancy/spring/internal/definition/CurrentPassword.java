package org.citustenancy.spring.internal.definition;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.citustenancy.users.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A password whose source may change while the application runs. A connection that opens reads it again, so a new
 * password is used at the latest a second after a server has refused the former one. While the source fails, the last
 * known password stays.
 */
final class CurrentPassword implements Supplier<Secret> {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentPassword.class);

    /** While a server refuses a password, pools ask for another one several times a second. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String property;
    private final Callable<Secret> source;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Known known;
    private volatile boolean failing;

    private record Known(Secret password, long nanos) {}

    /**
     * Creates a password that was read just now.
     *
     * @param property the property that names the source, for the log
     * @param source reads the password again
     */
    CurrentPassword(String property, Secret password, Callable<Secret> source) {
        this.property = property;
        this.source = source;
        this.known = new Known(password, System.nanoTime());
    }

    /** Does not wait while another thread reads the password. */
    @Override
    public Secret get() {
        if (System.nanoTime() - known.nanos() >= PAUSE_NANOS && reading.tryLock()) {
            try {
                read();
            } finally {
                reading.unlock();
            }
        }
        return known.password();
    }

    private void read() {
        Secret password = known.password();
        try {
            password = source.call();
            failing = false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            // The exception of a source may contain the password.
            if (!failing) {
                LOG.warn(
                        "The password of {} cannot be read again, so the last known one is used: {}",
                        property,
                        failure.getClass().getName());
            }
            failing = true;
        }
        known = new Known(password, System.nanoTime());
    }
}
