package org.citustenancy.hikari.internal.budget;

import java.util.Comparator;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** The claim of a thread that waits for a permit. Guarded by the ledger's lock. */
final class Claim {

    /**
     * Orders claims: first projects below their guarantee, then projects with waiting threads, then projects that hold
     * the fewest permits, then by age.
     */
    static final Comparator<Claim> ORDER = Comparator.comparing((Claim claim) -> !claim.isGuaranteed())
            .thenComparing(claim -> !claim.isPressing())
            .thenComparingInt(claim -> claim.account().held())
            .thenComparingLong(claim -> claim.number);

    /**
     * The same order for claims with waiting threads only, because the number of waiting threads may change during a
     * sort.
     */
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

    /** Returns whether threads wait, as opposed to a pool that only fills itself. */
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
