package org.citustenancy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** Waits for what servers come to sooner or later. */
public final class Await {

    private static final long PATIENCE_SECONDS = 60;

    private Await() {}

    /** Something that can be seen on a node. */
    @FunctionalInterface
    public interface Condition {

        /** Whether it is so now. */
        boolean holds() throws SQLException;
    }

    /** Waits until it is so, and fails if it does not come to that. */
    public static void until(Condition condition) throws SQLException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("it did not come to that").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
