package org.citustenancy.hikari.internal.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Permits: none gets lost, and no claim is overtaken by a later one. */
class LedgerTest {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerTest.class);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        executor.shutdownNow();
        threads.shutdownNow();
    }

    /** A pool that has one thread waiting, always. */
    private static class Waiting implements Demand {

        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public int waiting() {
            return 1;
        }

        @Override
        public void askIfWanted() {
            // It does.
        }
    }

    @Test
    void permit_is_returned_when_its_thread_is_interrupted_as_it_is_granted() throws Exception {
        Ledger ledger = new Ledger(ConnectionBudget.of(1), executor);
        Demand demand = new Waiting();
        Account account = ledger.open("p", demand);
        Permit only = ledger.acquire(account, demand).orElseThrow();
        Demand other = new Waiting();
        Account otherAccount = ledger.open("q", other);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiter = new Thread(() -> {
            try {
                ledger.acquire(otherAccount, other);
            } catch (InterruptedException interrupted) {
                thrown.set(interrupted);
            }
        });
        waiter.start();
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        ledger.locked(() -> {
            waiter.interrupt();
            // It notices, and waits for the lock; what comes now it does not hear of any more.
            sleep(200);
            only.release();
        });
        waiter.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(ledger.use().held()).isZero();
        assertThat(ledger.acquire(account, demand)).isPresent();
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void permit_is_not_lost_when_a_pool_fails() throws Exception {
        Ledger ledger = new Ledger(ConnectionBudget.of(2), executor);
        AtomicBoolean broken = new AtomicBoolean(true);
        Demand failing = new Waiting() {
            @Override
            public boolean isWanted() {
                if (broken.get()) {
                    throw new IllegalStateException("broken");
                }
                return true;
            }
        };
        Account account = ledger.open("p", failing);
        assertThatThrownBy(() -> ledger.acquire(account, failing)).isInstanceOf(IllegalStateException.class);
        broken.set(false);

        assertThat(ledger.acquire(account, failing)).isPresent();
        assertThat(ledger.acquire(account, failing)).isPresent();
    }

    @Test
    void second_release_has_no_effect() throws Exception {
        Ledger ledger = new Ledger(ConnectionBudget.of(2), executor);
        Demand demand = new Waiting();
        Account account = ledger.open("p", demand);
        Permit first = ledger.acquire(account, demand).orElseThrow();
        assertThat(ledger.acquire(account, demand)).isPresent();
        first.release();
        first.release();
        assertThat(ledger.use().held()).isEqualTo(1);
    }

    @Test
    void accounts_without_permits_are_served_first_and_in_order() throws Exception {
        Ledger ledger = new Ledger(ConnectionBudget.of(2), executor);
        Demand greedy = new Waiting();
        Account account = ledger.open("greedy", greedy);
        Permit first = ledger.acquire(account, greedy).orElseThrow();
        Permit second = ledger.acquire(account, greedy).orElseThrow();
        List<String> served = new ArrayList<>();
        List<Future<Optional<Permit>>> waiting = new ArrayList<>();
        // The greedy one asks first and gets nothing more before the others have something.
        for (String name : List.of("greedy", "a", "b", "c")) {
            Demand demand = name.equals("greedy") ? greedy : new Waiting();
            Account own = name.equals("greedy") ? account : ledger.open(name, demand);
            int before = claims(ledger);
            waiting.add(threads.submit(() -> {
                Optional<Permit> permit = ledger.acquire(own, demand);
                ledger.locked(() -> served.add(name));
                return permit;
            }));
            while (claims(ledger) == before) {
                Thread.onSpinWait();
            }
        }
        first.release();
        waiting.get(1).get(5, TimeUnit.SECONDS);
        // Now the greedy one holds nothing, and was there before the others.
        second.release();
        Permit again = waiting.get(0).get(5, TimeUnit.SECONDS).orElseThrow();
        waiting.get(1).get().orElseThrow().release();
        waiting.get(2).get(5, TimeUnit.SECONDS);
        again.release();
        waiting.get(3).get(5, TimeUnit.SECONDS);

        assertThat(served).containsExactly("a", "greedy", "b", "c");
    }

    @Test
    void redistribution_looks_at_each_of_two_thousand_permits_once() throws Exception {
        int permits = 2_000;
        Ledger ledger = new Ledger(ConnectionBudget.of(permits), executor);
        LongAdder looks = new LongAdder();
        Revocable borrowed = new Revocable() {
            @Override
            public boolean isIdle() {
                looks.increment();
                return false;
            }

            @Override
            public void giveUp() {
                // Its borrower keeps it.
            }

            @Override
            public void keep() {
                // As above.
            }
        };
        for (int project = 0; project < 20; project++) {
            Demand holder = new Waiting();
            Account account = ledger.open("holder" + project, holder);
            for (int number = 0; number < permits / 20; number++) {
                ledger.acquire(account, holder).orElseThrow().use(borrowed);
            }
        }
        long cpu = cpuNanos();
        long begin = System.nanoTime();
        for (int project = 0; project < 64; project++) {
            Demand demand = new Waiting();
            Account account = ledger.open("waiting" + project, demand);
            Future<?> unused = threads.submit(() -> ledger.acquire(account, demand));
        }
        sleep(500);
        long seen = looks.sum();
        long nanos = System.nanoTime() - begin;

        LOG.warn(
                "Redistribution of {} permits: {} of a processor, {} looks",
                permits,
                (double) (cpuNanos() - cpu) / nanos,
                seen);
        assertThat(seen)
                .as("a run looks at each permit once, and begins after 5 ms")
                .isPositive()
                .isLessThanOrEqualTo((TimeUnit.NANOSECONDS.toMillis(nanos) / 5 + 2) * permits);
    }

    /** Returns the time that the redistribution has taken on a processor. */
    private long cpuNanos() throws Exception {
        return executor.submit(() -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime())
                .get();
    }

    private static int claims(Ledger ledger) {
        AtomicReference<Integer> count = new AtomicReference<>();
        ledger.locked(() -> count.set(ledger.pressing().size()));
        return count.get();
    }

    @Test
    void closed_accounts_leave_only_their_declarations() throws Exception {
        Ledger ledger = new Ledger(ConnectionBudget.of(2).guarantee("kept", 1), executor);
        for (String project : List.of("kept", "gone")) {
            Demand demand = new Waiting();
            Account account = ledger.open(project, demand);
            Permit permit = ledger.acquire(account, demand).orElseThrow();
            ledger.close(account, demand);
            assertThat(ledger.use().projects()).hasSize(1);
            permit.release();
        }
        assertThat(ledger.projects()).containsExactly("kept");
    }
}
