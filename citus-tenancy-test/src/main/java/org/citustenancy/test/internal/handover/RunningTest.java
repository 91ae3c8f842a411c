package org.citustenancy.test.internal.handover;

import java.util.Optional;
import java.util.function.Supplier;
import org.citustenancy.ClusterOptions;
import org.citustenancy.test.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * A test, or a class whose tests share a database, until it ends. An extension of JUnit passes it to code of Spring,
 * which requests it as a parameter of a method.
 */
public final class RunningTest implements AutoCloseable {

    private final String name;
    private final boolean one;
    private final Supplier<TestDatabase> database;
    private final Supplier<ClusterOptions> cluster;
    private volatile @Nullable TestDatabase taken;
    private volatile boolean ended;

    /**
     * Creates a test that runs.
     *
     * @param name for messages
     * @param one whether it is a single test, not a class
     * @param database takes the database at the first request, and then returns the same one
     * @param cluster returns the options of the database's cluster
     */
    public RunningTest(String name, boolean one, Supplier<TestDatabase> database, Supplier<ClusterOptions> cluster) {
        this.name = name;
        this.one = one;
        this.database = database;
        this.cluster = cluster;
    }

    /** Returns the test's database. */
    public TestDatabase database() {
        TestDatabase current = database.get();
        taken = current;
        return current;
    }

    /** Returns the test's database if {@link #database()} returned it before. */
    public Optional<TestDatabase> taken() {
        return Optional.ofNullable(taken);
    }

    /** Returns the options of the database's cluster. */
    public ClusterOptions cluster() {
        return cluster.get();
    }

    /** Returns whether it is a single test, not a class. */
    public boolean isOneTest() {
        return one;
    }

    /** Returns whether the test has ended. */
    public boolean isEnded() {
        return ended;
    }

    /** Ends the test. */
    @Override
    public void close() {
        ended = true;
    }

    /** Returns the name of the test. */
    @Override
    public String toString() {
        return name;
    }
}
