package org.citustenancy.hikari.internal.connections;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.citustenancy.users.Secret;

/** A version of a user's password. */
final class Credential {

    private final Secret password;
    private final AtomicLong firstRefusedNanos = new AtomicLong(Long.MIN_VALUE);
    private volatile boolean proven;

    Credential(Secret password) {
        this.password = password;
    }

    Secret password() {
        return password;
    }

    /** Returns whether the server accepted it once. */
    boolean isProven() {
        return proven;
    }

    void proven() {
        proven = true;
    }

    /** Returns the time for which the server has refused it, beginning with the first call. */
    long refusedMillis() {
        long now = System.nanoTime();
        firstRefusedNanos.compareAndSet(Long.MIN_VALUE, now);
        return TimeUnit.NANOSECONDS.toMillis(now - firstRefusedNanos.get());
    }
}
