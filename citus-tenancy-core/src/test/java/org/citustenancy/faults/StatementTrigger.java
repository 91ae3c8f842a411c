package org.citustenancy.faults;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the statements of one operation, on whatever connection they come, and springs at one of them. */
final class StatementTrigger {

    /** What happens there. */
    @FunctionalInterface
    interface Spring {

        /** Comes while the statement waits on its way to the node, or its answer on the way back. */
        Verdict act() throws Exception;
    }

    /** What becomes of the connection on which it happened. */
    enum Verdict {
        GO_ON,
        CUT,
        SILENT
    }

    private final int at;
    private final boolean answered;
    private final Spring spring;
    private final AtomicInteger seen = new AtomicInteger();
    private volatile boolean sprung;

    /**
     * An ambush.
     *
     * @param at the number of the statement, from 1
     * @param answered whether the node has done what it says by then
     * @param spring what happens
     */
    StatementTrigger(int at, boolean answered, Spring spring) {
        this.at = at;
        this.answered = answered;
        this.spring = spring;
    }

    /** Only counts. */
    static StatementTrigger none() {
        return new StatementTrigger(0, false, () -> Verdict.GO_ON);
    }

    /** The next statement comes by. Returns whether it is the one whose answer is waited for. */
    Step next() {
        if (seen.incrementAndGet() != at) {
            return Step.PASSES;
        }
        return answered ? Step.SPRINGS_ON_ANSWER : Step.SPRINGS;
    }

    /** What is to be done about a statement. */
    enum Step {
        PASSES,
        SPRINGS,
        SPRINGS_ON_ANSWER
    }

    Verdict spring() {
        sprung = true;
        try {
            return spring.act();
        } catch (Exception failure) {
            throw new IllegalStateException("The fault could not be made", failure);
        }
    }

    /** How many statements came by. */
    int seen() {
        return seen.get();
    }

    /** Whether its statement came, and what was to happen there has happened. */
    boolean hasSprung() {
        return sprung;
    }
}
