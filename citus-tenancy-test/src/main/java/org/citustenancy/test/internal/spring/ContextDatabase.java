package org.citustenancy.test.internal.spring;

import org.citustenancy.ClusterOptions;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.test.TestDatabase;
import org.citustenancy.test.internal.handover.DatabaseHolder;
import org.citustenancy.test.internal.handover.Handover;
import org.citustenancy.test.internal.handover.RunningTest;
import org.citustenancy.test.junit.CitusDatabase;
import org.jspecify.annotations.Nullable;

/**
 * The database that a context uses: one for its start, and then that of the test that runs. A context that names its
 * database, or writes to it when it starts, is bound: it serves only the class for which it started.
 */
final class ContextDatabase implements DatabaseHolder {

    private final Class<?> tests;
    private final CitusDatabase.Scope scope;
    private @Nullable StartDatabase start;
    private @Nullable RunningTest test;
    private @Nullable InvalidRequestException refusal;
    private boolean started;
    private boolean bound;
    private @Nullable TestDatabase boundTo;

    /**
     * Creates the database of a context that starts.
     *
     * @param tests the class for which it starts
     * @param scope the tests that share a database
     */
    ContextDatabase(Class<?> tests, CitusDatabase.Scope scope) {
        this.tests = tests;
        this.scope = scope;
    }

    /** Returns the database for connections. */
    synchronized TestDatabase current() {
        if (!started) {
            if (start == null) {
                start = StartDatabase.of(Handover.of(tests).database());
            }
            return start.database();
        }
        if (test == null || test.isEnded()) {
            throw new InvalidRequestException(Failure.of("No test runs whose database the context could use")
                    .state("nothing")
                    .fix("use the database in tests or in @BeforeEach, end threads of a test with the test, or let the"
                            + " tests share one with @CitusDatabase(scope = CitusDatabase.Scope.CLASS)"));
        }
        return test.database();
    }

    /**
     * Returns the database for code that takes its name or its connection.
     *
     * @param what names it
     */
    synchronized TestDatabase named(String what) {
        bind(what);
        TestDatabase named = current();
        boundTo = started ? named : null;
        return named;
    }

    /**
     * Binds the context to the class for which it started.
     *
     * @param what names the database
     */
    synchronized void bind(String what) {
        if (scope == CitusDatabase.Scope.TEST) {
            throw new InvalidRequestException(Failure.of("The Spring context of " + tests.getName() + " uses " + what
                            + ", which cannot change, but each test has its own database")
                    .state("nothing was touched")
                    .fix("let the tests share one with @CitusDatabase(scope = CitusDatabase.Scope.CLASS), or use the"
                            + " context's single data source"));
        }
        bound = true;
    }

    synchronized ClusterOptions cluster() {
        return test == null || test.isEnded() ? Handover.of(tests).cluster() : test.cluster();
    }

    @Override
    public synchronized boolean serves(RunningTest next) {
        endStart();
        return boundTo == null || boundTo == next.database();
    }

    /** Returns whether the context has started. */
    synchronized boolean isStarted() {
        return started;
    }

    /** Returns whether the context serves only one class. */
    synchronized boolean isBound() {
        return bound;
    }

    @Override
    public synchronized void use(RunningTest next) {
        if (refusal != null) {
            throw new InvalidRequestException(refusal.failure(), refusal);
        }
        if (test != null && test != next && !test.isEnded()) {
            throw new InvalidRequestException(Failure.of("The tests " + test + " and " + next
                            + " run at the same time and share a Spring context, which has one database at a time")
                    .state("the other test goes on")
                    .fix("let them run one after another, for example with @ResourceLock, or give their classes"
                            + " databases of different names with @CitusDatabase(name = ...)"));
        }
        test = next;
        if (bound) {
            boundTo = next.database();
        }
    }

    /** Ends the start: from now on, only a test has a database. */
    synchronized void endStart() {
        if (started) {
            return;
        }
        started = true;
        if (start == null) {
            return;
        }
        boolean written = start.isWritten();
        if (scope == CitusDatabase.Scope.CLASS) {
            bound |= written;
            boundTo = bound ? start.database() : null;
        } else {
            start.database().close();
            if (written) {
                refusal = new InvalidRequestException(Failure.of("The Spring context of " + tests.getName()
                                + " wrote to its database when it started, but each test has its own database")
                        .state("the tests have databases without that")
                        .fix("write it in the preparation of the databases, such as migrations, and turn that off in"
                                + " the context, or let the tests share one with @CitusDatabase(scope ="
                                + " CitusDatabase.Scope.CLASS)"));
            }
        }
        start = null;
    }

    /** Ends the use of a test's database: connections that beans still hold are closed. */
    synchronized void release(RunningTest last) {
        if (test == last) {
            test = null;
            last.taken().filter(TestDatabase::isBorrowedFrom).ifPresent(TestDatabase::disconnect);
        }
    }
}
