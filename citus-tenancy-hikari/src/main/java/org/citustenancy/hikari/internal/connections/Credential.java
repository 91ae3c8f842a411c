package org.citustenancy.hikari.internal.connections;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.citustenancy.users.Secret;

/** A user's password at one moment. */
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

    /** Whether the server has taken it once. */
    boolean isProven() {
        return proven;
    }

    void proven() {
        proven = true;
    }

    /** For how long the server has not taken it any more, beginning with this call. */
    long refusedMillis() {
        long now = System.nanoTime();
        firstRefusedNanos.compareAndSet(Long.MIN_VALUE, now);
        return TimeUnit.NANOSECONDS.toMillis(now - firstRefusedNanos.get());
    }
}
