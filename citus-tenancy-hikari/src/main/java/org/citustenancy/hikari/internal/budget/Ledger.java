package org.citustenancy.hikari.internal.budget;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.citustenancy.hikari.budget.BudgetUse;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.budget.ProjectUse;

/**
 * Who holds the permits of a budget, and who is next. While somebody waits, it sees to it that connections which nobody
 * uses, and in the end those of projects that hold more, are given up for him.
 */
public final class Ledger {

    /** How often those who wait look whether anybody still wants what they wait for. */
    private static final long LOOK_MILLIS = 50;

    private final ReentrantLock lock = new ReentrantLock();
    private final ConnectionBudget budget;
    private final Redistribution redistribution;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final List<Claim> claims = new ArrayList<>();
    private int held;
    private long claimed;

    /**
     * A ledger of which nothing is taken yet.
     *
     * @param budget what may be taken
     * @param executor where the ledger looks after those who wait
     */
    public Ledger(ConnectionBudget budget, ScheduledExecutorService executor) {
        this.budget = budget;
        this.redistribution = new Redistribution(this, executor);
        // What is guaranteed is kept from the beginning, not from when it is first wanted.
        budget.shares().forEach((project, share) -> accounts.put(project, new Account(project, share)));
    }

    /**
     * Lets a pool take part.
     *
     * @param project whose pool it is
     * @param demand the pool
     * @return the project's account
     */
    public Account open(String project, Demand demand) {
        lock.lock();
        try {
            Account account = accounts.computeIfAbsent(project, name -> new Account(name, budget.share(name)));
            account.demands().add(demand);
            return account;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends a pool's part. What it waits for it does not get; what it holds it still has to release.
     *
     * @param account the project's account
     * @param demand the pool
     */
    public void close(Account account, Demand demand) {
        lock.lock();
        try {
            account.demands().remove(demand);
            claims.stream().filter(claim -> claim.demand() == demand).forEach(claim -> claim.granting()
                    .signal());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a permit as long as it is wanted.
     *
     * @param account the project's account
     * @param demand the pool
     * @return a permit, or nothing if the pool does not want it any more
     * @throws InterruptedException if the thread is
     */
    public Optional<Permit> acquire(Account account, Demand demand) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Claim claim = new Claim(claimed++, account, demand, lock.newCondition());
            claims.add(claim);
            try {
                grant();
                if (claim.granted() == null) {
                    redistribution.begin();
                }
                return await(claim);
            } finally {
                claims.remove(claim);
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<Permit> await(Claim claim) throws InterruptedException {
        while (claim.granted() == null) {
            if (!claim.account().demands().contains(claim.demand())
                    || !claim.demand().isWanted()) {
                return Optional.empty();
            }
            waitAMoment(claim.granting());
            if (claim.granted() == null) {
                // Whether somebody wants a permit is not signalled.
                grant();
            }
        }
        return Optional.of(claim.granted());
    }

    @SuppressWarnings({"WaitNotInLoop", "ResultOfMethodCallIgnored"})
    private static void waitAMoment(Condition condition) throws InterruptedException {
        condition.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void release(Permit permit) {
        lock.lock();
        try {
            if (permit.markReleased()) {
                permit.account().remove(permit);
                held--;
                grant();
            }
        } finally {
            lock.unlock();
        }
    }

    private void grant() {
        Optional<Claim> next = next();
        while (next.isPresent()) {
            Claim claim = next.get();
            Permit permit = new Permit(this, claim.account(), claim.demand());
            claim.account().permits().add(permit);
            held++;
            claims.remove(claim);
            claim.grant(permit);
            next = next();
        }
    }

    private Optional<Claim> next() {
        int free = budget.connections() - held;
        if (free <= 0 || claims.isEmpty()) {
            return Optional.empty();
        }
        int reserved = accounts.values().stream().mapToInt(Account::reserved).sum();
        return claims.stream()
                .filter(claim -> !claim.account().isFull())
                .filter(claim -> claim.isGuaranteed() || free > reserved)
                .filter(claim -> claim.demand().isWanted())
                .min(Claim.ORDER);
    }

    /**
     * Who holds what.
     *
     * @return the projects that hold connections or wait for them
     */
    public BudgetUse use() {
        lock.lock();
        try {
            List<ProjectUse> uses = accounts.values().stream()
                    .map(Account::use)
                    .filter(use -> use.held() > 0 || use.waiting() > 0)
                    .toList();
            return new BudgetUse(budget.connections(), uses);
        } finally {
            lock.unlock();
        }
    }

    void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Those who wait because their pools have threads that wait, in the order in which they get something. */
    List<Claim> pressing() {
        return claims.stream().filter(Claim::isPressing).sorted(Claim.ORDER).toList();
    }

    /** Those who have something. */
    Collection<Account> holders() {
        return accounts.values().stream().filter(account -> account.held() > 0).toList();
    }

    /** Those who were asked for something that they still have. */
    List<Permit> revoked() {
        return accounts.values().stream()
                .flatMap(account -> account.permits().stream())
                .filter(Permit::isRevoked)
                .sorted(Comparator.comparingLong(Permit::tenureNanos))
                .toList();
    }
}
