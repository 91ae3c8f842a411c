package org.citustenancy.hikari.internal.budget;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.citustenancy.hikari.budget.BudgetUse;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.budget.ProjectUse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grants the permits of a budget, and determines the order of waiting claims. While a thread waits, the ledger revokes
 * idle connections for it, and then connections of projects that hold more.
 *
 * <p>No project starves. A pool whose threads wait has a claim after {@value #ASK_MILLIS} ms at the latest. The claim
 * of a project that holds nothing is served after earlier claims of projects that hold nothing either, and after
 * permits that are guaranteed to others and not taken. It is never served after a later claim, because a project with a
 * permit holds something from then on, and a project that loses its last permit makes a new claim. While such claims
 * wait, the ledger revokes every permit beyond the guarantees when its tenure is over, which is at most {@link
 * Redistribution#LONGEST_TENURE} long. The permit is released when its borrower returns the connection. If {@code n}
 * projects wait at {@code b} permits beyond the guarantees, the last one waits for at most {@code n / b} times, rounded
 * up, the longest tenure, the longest loan, and the time to close one connection and open another.
 */
public final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    /** The interval in which waiting threads check whether their permit is still needed. */
    private static final long LOOK_MILLIS = 50;

    /**
     * The number of consecutive checks that find a claim unneeded before it is dropped. A new claim may take long to be
     * granted.
     */
    private static final int LOOKS_UNWANTED = 20;

    /** The interval in which the ledger makes pools with waiting threads request connections. */
    private static final long ASK_MILLIS = 250;

    private final ReentrantLock lock = new ReentrantLock();
    private final ConnectionBudget budget;
    private final Redistribution redistribution;
    private final ScheduledExecutorService executor;
    private boolean asking;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final List<Claim> claims = new ArrayList<>();
    private final Set<Permit> revoked = new LinkedHashSet<>();
    private int held;
    private long claimed;

    /**
     * Creates a ledger of which no permit is taken.
     *
     * @param budget the budget
     * @param executor runs the redistribution and the checks of waiting threads
     */
    public Ledger(ConnectionBudget budget, ScheduledExecutorService executor) {
        this.budget = budget;
        this.executor = executor;
        this.redistribution = new Redistribution(this, executor);
        // Guarantees are reserved from the start, not from the first request.
        budget.shares().forEach((project, share) -> accounts.put(project, new Account(project, share)));
    }

    /**
     * Adds a pool to the account of its project.
     *
     * @param project the project of the pool
     * @param demand the pool
     */
    public Account open(String project, Demand demand) {
        lock.lock();
        try {
            Account account = accounts.computeIfAbsent(project, name -> new Account(name, budget.share(name)));
            account.demands().add(demand);
            beginAsking();
            return account;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes a pool from its account. The pool gets no permit that it waits for, and still has to release the permits
     * that it holds.
     *
     * @param demand the pool
     */
    public void close(Account account, Demand demand) {
        lock.lock();
        try {
            account.demands().remove(demand);
            claims.stream().filter(claim -> claim.demand() == demand).forEach(claim -> claim.granting()
                    .signal());
            forgetIfOver(account);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a permit while the pool needs one.
     *
     * @param demand the pool
     * @return a permit, or empty if the pool does not need it any more
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<Permit> acquire(Account account, Demand demand) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Claim claim = new Claim(claimed++, account, demand, lock.newCondition());
            claims.add(claim);
            boolean taken = false;
            try {
                grant();
                if (claim.granted() == null) {
                    redistribution.begin();
                }
                Optional<Permit> permit = await(claim);
                taken = permit.isPresent();
                return permit;
            } finally {
                claims.remove(claim);
                Permit granted = claim.granted();
                if (!taken && granted != null) {
                    // An interrupt can precede the grant and be detected only after it.
                    granted.release();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<Permit> await(Claim claim) throws InterruptedException {
        int unwanted = 0;
        while (claim.granted() == null) {
            unwanted = claim.demand().isWanted() ? 0 : unwanted + 1;
            if (!claim.account().demands().contains(claim.demand()) || unwanted > LOOKS_UNWANTED) {
                return Optional.empty();
            }
            waitAMoment(claim.granting());
            if (claim.granted() == null) {
                // A demand does not signal that it needs a permit or that threads wait by now.
                grant();
                redistribution.begin();
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
                revoked.remove(permit);
                held--;
                forgetIfOver(permit.account());
                grant();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Accounts of projects without a declared share are removed when they are empty. */
    private void forgetIfOver(Account account) {
        if (account.isOver() && claims.stream().noneMatch(claim -> claim.account() == account)) {
            accounts.remove(account.project(), account);
        }
    }

    private void beginAsking() {
        if (!asking) {
            asking = true;
            try {
                Future<?> unused = executor.scheduleWithFixedDelay(
                        this::askThoseWhoWait, ASK_MILLIS, ASK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException ended) {
                LOG.debug("The registry is closed and gives no more connections", ended);
            }
        }
    }

    /** HikariCP does not repeat its request if the connection that a thread waits for is closed instead of returned. */
    private void askThoseWhoWait() {
        List<Demand> demands = new ArrayList<>();
        locked(() -> accounts.values().forEach(account -> demands.addAll(account.demands())));
        for (Demand demand : demands) {
            try {
                demand.askIfWanted();
            } catch (RuntimeException failure) {
                LOG.warn("A pool could not be seen to ask for connections", failure);
            }
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
     * Returns the current use of the budget.
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

    /** The projects that have an account. */
    List<String> projects() {
        lock.lock();
        try {
            return List.copyOf(accounts.keySet());
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

    /** The claims of pools with waiting threads, in the order in which they are served. */
    List<Claim> pressing() {
        return claims.stream()
                .filter(Claim::isPressing)
                .sorted(Claim.ORDER_OF_PRESSING)
                .toList();
    }

    /** The accounts that hold permits. */
    Collection<Account> holders() {
        return accounts.values().stream().filter(account -> account.held() > 0).toList();
    }

    /** The permits that are revoked and not yet released, in the order of their revocation. */
    List<Permit> revoked() {
        return List.copyOf(revoked);
    }

    void revoke(Permit permit) {
        permit.account().revoke(permit);
        revoked.add(permit);
    }

    void keep(Permit permit) {
        permit.account().keep(permit);
        revoked.remove(permit);
    }
}
