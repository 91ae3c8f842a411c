package org.citustenancy.hikari.internal.budget;

import java.util.Comparator;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** A thread waits for a permit. Guarded by the ledger's lock. */
final class Claim {

    /**
     * Who is next: first a project with less than its guarantee; then one with waiting threads; then the one that holds least; then the one that
     * came first.
     */
    static final Comparator<Claim> ORDER = Comparator.comparing((Claim claim) -> !claim.isGuaranteed())
            .thenComparing(claim -> !claim.isPressing())
            .thenComparingInt(claim -> claim.account().held())
            .thenComparingLong(claim -> claim.number);

    /** The same among those whose threads wait, which may change while they are sorted. */
    static final Comparator<Claim> ORDER_OF_PRESSING = Comparator.comparing((Claim claim) -> !claim.isGuaranteed())
            .thenComparingInt(claim -> claim.account().held())
            .thenComparingLong(claim -> claim.number);

    private final long number;
    private final Account account;
    private final Demand demand;
    private final Condition granting;
    private @Nullable Permit granted;

    Claim(long number, Account account, Demand demand, Condition granting) {
        this.number = number;
        this.account = account;
        this.demand = demand;
        this.granting = granting;
    }

    Account account() {
        return account;
    }

    Demand demand() {
        return demand;
    }

    Condition granting() {
        return granting;
    }

    boolean isGuaranteed() {
        return account.reserved() > 0;
    }

    /** Whether threads wait, and not just a pool for being filled. */
    boolean isPressing() {
        return demand.waiting() > 0;
    }

    @Nullable
    Permit granted() {
        return granted;
    }

    void grant(Permit permit) {
        granted = permit;
        granting.signal();
    }
}
