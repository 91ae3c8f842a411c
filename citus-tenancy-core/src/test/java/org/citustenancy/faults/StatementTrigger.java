package org.citustenancy.faults;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the statements of one operation, on whatever connection they come, and fires at one of them. */
final class StatementTrigger {

    /** What the trigger does when it fires. */
    @FunctionalInterface
    interface Action {

        /** Runs while the statement, or its answer, waits in the proxy. */
        Verdict run() throws Exception;
    }

    /** What the proxy does with the connection afterwards. */
    enum Verdict {
        GO_ON,
        CUT,
        SILENT
    }

    private final int at;
    private final boolean answered;
    private final Action action;
    private final AtomicInteger seen = new AtomicInteger();
    private volatile boolean fired;

    /**
     * A trigger that fires once.
     *
     * @param at the number of the statement, from 1
     * @param answered whether it fires when the node has answered the statement
     * @param action what it does
     */
    StatementTrigger(int at, boolean answered, Action action) {
        this.at = at;
        this.answered = answered;
        this.action = action;
    }

    /** A trigger that counts and does not fire. */
    static StatementTrigger none() {
        return new StatementTrigger(0, false, () -> Verdict.GO_ON);
    }

    /** Counts a statement, and returns whether the trigger fires at it. */
    Step next() {
        if (seen.incrementAndGet() != at) {
            return Step.PASSES;
        }
        return answered ? Step.FIRES_ON_ANSWER : Step.FIRES;
    }

    /** When the trigger fires at a statement. */
    enum Step {
        PASSES,
        FIRES,
        FIRES_ON_ANSWER
    }

    Verdict fire() {
        fired = true;
        try {
            return action.run();
        } catch (Exception failure) {
            throw new IllegalStateException("The fault cannot be injected", failure);
        }
    }

    /** How many statements it has counted. */
    int seen() {
        return seen.get();
    }

    /** Whether it has fired. */
    boolean hasFired() {
        return fired;
    }
}
