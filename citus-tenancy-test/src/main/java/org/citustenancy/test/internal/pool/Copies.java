package org.citustenancy.test.internal.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.OperationInterruptedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates copies ahead of requests, and drops returned ones, up to a maximum number of copies. */
public final class Copies implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Copies.class);

    private final DatabaseFactory shop;
    private final Supply supply;
    private final Background background = new Background();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Copy> ready = new ArrayDeque<>();
    private int making;
    private int existing;
    private boolean discouraged;
    private boolean closed;

    /**
     * Creates a pool that starts to create the first copies.
     *
     * @param shop creates and drops copies
     * @param supply the numbers of copies
     */
    public Copies(DatabaseFactory shop, Supply supply) {
        this.shop = shop;
        this.supply = supply;
        lock.lock();
        try {
            restock();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns a copy: a ready one, or a new one.
     *
     * @return a copy for this caller alone
     * @throws DeadlineExceededException if the maximum number of copies is in use for too long
     * @throws CitusTenancyException if creating a copy fails
     */
    public Copy take() {
        long until = System.nanoTime() + supply.acquisitionTimeout().toNanos();
        lock.lock();
        try {
            discouraged = false;
            while (ready.isEmpty() && !mayMake()) {
                requireOpen();
                if (changed.awaitNanos(until - System.nanoTime()) <= 0) {
                    throw tooLong();
                }
            }
            requireOpen();
            Copy copy = ready.poll();
            if (copy != null) {
                restock();
                return copy;
            }
            making++;
            existing++;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    Failure.of("The thread was interrupted while it waited for a test database")
                            .state("nothing")
                            .fix("take one again"),
                    interrupted);
        } finally {
            lock.unlock();
        }
        return makeNow();
    }

    /**
     * Returns the number of ready copies.
     *
     * @return the number
     */
    public int ready() {
        lock.lock();
        try {
            return ready.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean mayMake() {
        return existing < supply.atMost() && making < supply.makers();
    }

    private Copy makeNow() {
        boolean made = false;
        try {
            Copy copy = shop.make();
            made = true;
            return copy;
        } finally {
            done(made);
        }
    }

    private DeadlineExceededException tooLong() {
        return new DeadlineExceededException(Failure.of(
                        "No test database became free within " + supply.acquisitionTimeout() + "; there are " + existing
                                + " of at most " + supply.atMost() + ", of which " + ready.size() + " are ready and "
                                + making + " are being made")
                .state("nothing")
                .fix("give databases back, allow more at most, or run fewer tests at the same time"));
    }

    /**
     * Starts to create the missing copies. A failure stops that until a caller that requests a copy gets the reason.
     */
    private void restock() {
        while (!closed && !discouraged && ready.size() + making < supply.ahead() && mayMake()) {
            making++;
            existing++;
            background.begin(this::makeAhead);
        }
    }

    private void makeAhead() {
        boolean made = false;
        try {
            Copy copy = shop.makeEntered();
            lock.lock();
            try {
                ready.add(copy);
            } finally {
                lock.unlock();
            }
            made = true;
            if (!supply.pause().isZero()) {
                TimeUnit.NANOSECONDS.sleep(supply.pause().toNanos());
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.warn("No test database can be made ahead", failure);
            lock.lock();
            try {
                discouraged = true;
            } finally {
                lock.unlock();
            }
        } finally {
            done(made);
        }
    }

    private void done(boolean made) {
        lock.lock();
        try {
            making--;
            if (!made) {
                existing--;
            }
            restock();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes back an unused copy. */
    public void giveAgain(Copy copy) {
        lock.lock();
        try {
            if (!closed) {
                ready.addFirst(copy);
                changed.signalAll();
                return;
            }
        } finally {
            lock.unlock();
        }
        drop(copy);
    }

    /** Takes back a copy and drops it in the background. */
    public void drop(Copy copy) {
        inBackground(() -> dropNow(copy));
    }

    private void inBackground(Runnable work) {
        lock.lock();
        try {
            if (!closed) {
                background.begin(work);
                return;
            }
        } finally {
            lock.unlock();
        }
        work.run();
    }

    private void dropNow(Copy copy) {
        try {
            shop.drop(copy);
        } catch (CitusTenancyException failure) {
            LOG.warn("The test database \"{}\" stays until the next run", copy.name(), failure);
        } finally {
            gone();
        }
    }

    /** Takes back a copy that stays on the cluster. */
    public void keep(Copy copy) {
        inBackground(() -> {
            try {
                shop.release(copy);
            } finally {
                gone();
            }
        });
    }

    private void gone() {
        lock.lock();
        try {
            existing--;
            restock();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new InvalidRequestException(Failure.of("The source of test databases is closed")
                    .state("nothing")
                    .fix("take databases before it is closed"));
        }
    }

    /** Drops the ready copies, and waits for all running work. */
    @Override
    public void close() {
        List<Copy> left;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            changed.signalAll();
            while (making > 0) {
                changed.awaitUninterruptibly();
            }
            left = List.copyOf(ready);
            ready.clear();
        } finally {
            lock.unlock();
        }
        left.forEach(copy -> background.begin(() -> dropNow(copy)));
        background.close();
    }
}
