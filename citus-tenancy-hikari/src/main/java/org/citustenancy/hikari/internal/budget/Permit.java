package org.citustenancy.hikari.internal.budget;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The right to hold one connection to a server. Its fields are guarded by the ledger's lock. */
public final class Permit {

    private static final long EXPECTED = TimeUnit.MILLISECONDS.toNanos(500);

    private final Ledger ledger;
    private final Account account;
    private final Demand demand;
    private @Nullable Revocable connection;
    private final long grantedNanos = System.nanoTime();
    private long usedSinceNanos;
    private boolean revoked;
    private long revokedNanos;
    private boolean released;

    Permit(Ledger ledger, Account account, Demand demand) {
        this.ledger = ledger;
        this.account = account;
        this.demand = demand;
    }

    /** Sets the connection of the permit. The permit may be revoked from then on. */
    public void use(Revocable connection) {
        ledger.locked(() -> {
            this.connection = connection;
            this.usedSinceNanos = System.nanoTime();
        });
    }

    /** Releases the permit. Repeated calls have no effect. */
    public void release() {
        ledger.release(this);
    }

    Account account() {
        return account;
    }

    Demand demand() {
        return demand;
    }

    Optional<Revocable> connection() {
        return Optional.ofNullable(connection);
    }

    boolean isIdle() {
        return connection != null && connection.isIdle();
    }

    /** Returns the time for which the connection is in use; 0 while it is being opened. */
    long tenureNanos() {
        return connection == null ? 0 : System.nanoTime() - usedSinceNanos;
    }

    /** Returns the time that opening the connection took. */
    long openingNanos() {
        return connection == null ? 0 : usedSinceNanos - grantedNanos;
    }

    boolean isRevoked() {
        return revoked;
    }

    void revoked(boolean value) {
        revoked = value;
        revokedNanos = System.nanoTime();
    }

    /**
     * Returns whether the permit was revoked recently, so that its release is expected soon. A permit that was revoked
     * earlier may be released at any time.
     */
    boolean isExpected() {
        return revoked && System.nanoTime() - revokedNanos < EXPECTED;
    }

    boolean markReleased() {
        boolean first = !released;
        released = true;
        return first;
    }
}
