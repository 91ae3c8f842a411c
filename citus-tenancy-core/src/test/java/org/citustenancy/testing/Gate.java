package org.citustenancy.testing;

import java.util.concurrent.CountDownLatch;

/** Holds up who comes to it until it is opened, so that a test knows where another thread is meanwhile. */
public final class Gate {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Waits until it is open. */
    public void pass() {
        reached.countDown();
        await(opened);
    }

    /** Waits until a thread has come to it. */
    public void awaitSomebody() {
        await(reached);
    }

    /** Lets all threads through from now on. */
    public void open() {
        opened.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
