package org.citustenancy.internal.planning;

import org.citustenancy.internal.shaded.jooq.Query;

/** A statement with the way in which it must be run. */
public sealed interface Work {

    /**
     * The statement to show, without any secret.
     *
     * @return SQL
     */
    Query shown();

    /**
     * May share a transaction with its neighbours.
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
     * Must run outside transactions, alone.
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
     * Copies reference tables in a session that has the rights of their owner.
     *
     * @param shown what is to be copied
     * @param onlyCheck whether it is only seen that there is a role that may do it
     */
    record ReferenceCopies(Query shown, boolean onlyCheck) implements Work {}

    /**
     * Gives functions of users their bodies on workers that have placeholders, in sessions that have the rights of their owners.
     *
     * @param shown what is to be restored
     */
    record FunctionBodies(Query shown) implements Work {}

    /**
     * Contains a secret: must run with the server's logging off, and only on the coordinator, where that is possible.
     *
     * @param query the statement
     * @param shown the same with the secret masked
     */
    record Confidential(Query query, Query shown) implements Work {

        /** The masked statement. */
        @Override
        public String toString() {
            return "Confidential[" + shown + "]";
        }
    }
}
