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

/** Makes copies ahead of those who want one, and drops those that come back, within a number of them. */
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
     * A pool that starts to make the first copies.
     *
     * @param shop where they come from
     * @param supply how many there are
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
     * Hands one out: one that is ready, or one that is made now.
     *
     * @return a copy for this caller alone
     * @throws DeadlineExceededException if as many as there may be are in use for too long
     * @throws CitusTenancyException if none can be made
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
     * How many wait to be handed out.
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

    /** As many are begun as are missing; one that fails stops that, until a caller that wants one gets the reason. */
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

    /** Takes one back to drop it, in the background. */
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

    /** Takes one back that stays on the cluster. */
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

    /** Drops what is ready, and waits for all that is going on. */
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
