package org.citustenancy.hikari.internal.budget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Revokes connections while threads wait for one: first idle connections, then connections of projects that hold more.
 * A connection that was opened recently and is in use is left alone, at least for as long as opening it took. If
 * opening is slow, as on a server under load, passing connections on costs at most half of the time.
 */
final class Redistribution {

    private static final Logger LOG = LoggerFactory.getLogger(Redistribution.class);

    private static final long PERIOD_MILLIS = 5;
    private static final long TENURE_WHEN_IDLE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long TENURE_WHEN_USED = TimeUnit.MILLISECONDS.toNanos(150);

    /** The age from which a connection is revoked, regardless of the time that opening it took. */
    static final long LONGEST_TENURE = TimeUnit.SECONDS.toNanos(2);

    /** Keeps one run short. */
    private static final int AT_ONCE = 16;

    private static final Comparator<Candidate> BEST = Comparator.comparing(Candidate::idle)
            .thenComparingInt(candidate -> candidate.permit().account().remaining())
            .thenComparingLong(Candidate::tenureNanos);

    private final Ledger ledger;
    private final ScheduledExecutorService executor;
    private boolean running;

    Redistribution(Ledger ledger, ScheduledExecutorService executor) {
        this.ledger = ledger;
        this.executor = executor;
    }

    /** Starts the periodic runs unless they are active. The caller holds the ledger's lock. */
    void begin() {
        if (!running) {
            running = true;
            schedule();
        }
    }

    private void schedule() {
        try {
            Future<?> unused = executor.schedule(this::lookAndGoOn, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ended) {
            // The registry is closed and grants no more connections.
            running = false;
        }
    }

    private void lookAndGoOn() {
        try {
            look();
        } catch (RuntimeException failure) {
            LOG.error("Connections could not be redistributed; it is tried again", failure);
            ledger.locked(this::schedule);
        }
    }

    private void look() {
        List<Revocable> asked = new ArrayList<>();
        List<Revocable> kept = new ArrayList<>();
        ledger.locked(() -> {
            List<Claim> claims = ledger.pressing();
            List<Permit> revoked = ledger.revoked();
            if (claims.isEmpty()) {
                revoked.forEach(permit -> {
                    ledger.keep(permit);
                    permit.connection().ifPresent(kept::add);
                });
                running = false;
                return;
            }
            revoked.forEach(permit -> permit.connection().ifPresent(asked::add));
            long expected = revoked.stream().filter(Permit::isExpected).count();
            if (claims.size() > expected) {
                List<Candidate> candidates = candidates();
                claims.stream().skip(expected).limit(AT_ONCE).forEach(claim -> choose(claim, candidates)
                        .ifPresent(permit -> {
                            ledger.revoke(permit);
                            permit.connection().ifPresent(asked::add);
                        }));
            }
            schedule();
        });
        // Outside the lock: closing a connection releases its permit.
        kept.forEach(Revocable::keep);
        asked.forEach(this::ask);
    }

    private void ask(Revocable connection) {
        try {
            connection.giveUp();
        } catch (RuntimeException failure) {
            LOG.warn("A connection could not be asked back", failure);
        }
    }

    /**
     * A permit that may be revoked, as it is at the begin of a run. One look at each permit serves all claims: there may
     * be thousands of permits, and a run every few milliseconds.
     *
     * @param idle whether its connection is idle
     * @param free whether it is idle and no thread of its own pool waits
     */
    private record Candidate(Permit permit, boolean idle, boolean free, long tenureNanos) {

        static Candidate of(Permit permit) {
            boolean idle = permit.isIdle();
            return new Candidate(permit, idle, idle && permit.demand().waiting() == 0, permit.tenureNanos());
        }

        boolean isHeldLongEnough() {
            long earned = Math.min(permit.openingNanos(), LONGEST_TENURE);
            return tenureNanos >= (free ? TENURE_WHEN_IDLE : Math.max(TENURE_WHEN_USED, earned));
        }
    }

    private List<Candidate> candidates() {
        return ledger.holders().stream()
                .flatMap(account -> account.permits().stream())
                .filter(permit -> !permit.isRevoked())
                .map(Candidate::of)
                .filter(Candidate::isHeldLongEnough)
                .toList();
    }

    private static Optional<Permit> choose(Claim claim, List<Candidate> candidates) {
        Account own = claim.account();
        return candidates.stream()
                // Since the begin of the run.
                .filter(candidate -> !candidate.permit().isRevoked())
                .filter(candidate -> {
                    Account account = candidate.permit().account();
                    return account == own || (!own.isFull() && account.remaining() > account.guaranteed());
                })
                .filter(candidate -> candidate.permit().demand() != claim.demand())
                .filter(candidate -> candidate.free() || hasMore(candidate.permit(), claim))
                .max(BEST)
                .map(Candidate::permit);
    }

    /** Whether its project holds enough more than the waiting one, so that it does not reclaim the permit at once. */
    private static boolean hasMore(Permit permit, Claim claim) {
        int others = permit.account().remaining();
        int own = claim.account().remaining();
        if (permit.account() == claim.account()) {
            // Pools of one project share its permits; a pool that holds none gets its turn.
            return claim.account().permits().stream().noneMatch(held -> held.demand() == claim.demand());
        }
        boolean isItsTurn = own == 0 && others > 0;
        boolean isUneven = others >= own + 2;
        return claim.isGuaranteed() || isItsTurn || isUneven;
    }
}
