package org.citustenancy.internal.planning;

import org.citustenancy.internal.shaded.jooq.Query;

/** A statement with its mode of execution. */
public sealed interface Work {

    /**
     * Returns the statement to show, without any secret.
     *
     * @return SQL
     */
    Query shown();

    /**
     * A statement that may share a transaction with its neighbours.
     *
     * @param query the statement
     */
    record Transactional(Query query) implements Work {
        @Override
        public Query shown() {
            return query;
        }
    }

    /**
     * A statement that must run alone, outside transactions.
     *
     * @param query the statement
     */
    record Standalone(Query query) implements Work {
        @Override
        public Query shown() {
            return query;
        }
    }

    /**
     * Copies reference tables in a session with the privileges of their owner.
     *
     * @param shown the copies to show
     * @param onlyCheck whether to check only that a role exists that may copy them
     */
    record ReferenceCopies(Query shown, boolean onlyCheck) implements Work {}

    /**
     * Restores the bodies of users' functions on workers that have placeholders, in sessions with the privileges of
     * their owners.
     *
     * @param shown the functions to show
     */
    record FunctionBodies(Query shown) implements Work {}

    /**
     * A statement that contains a secret. It must run with the server's logging turned off and, if possible, only on
     * the coordinator.
     *
     * @param query the statement
     * @param shown the same with the secret masked
     */
    record Confidential(Query query, Query shown) implements Work {

        /** Returns the masked statement. */
        @Override
        public String toString() {
            return "Confidential[" + shown + "]";
        }
    }
}
