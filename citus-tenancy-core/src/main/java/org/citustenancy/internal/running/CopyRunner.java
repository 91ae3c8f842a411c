package org.citustenancy.internal.running;

import org.citustenancy.internal.session.Session;

/**
 * Runs the work of a plan that needs sessions with the privileges of owners: copies of reference tables and bodies of
 * functions.
 */
public interface CopyRunner {

    /** A runner for plans without such work. */
    CopyRunner NONE = new CopyRunner() {
        @Override
        public void check(Session admin) {
            throw new IllegalStateException("This plan needs no session with the rights of an owner");
        }

        @Override
        public void restoreFunctions(Session admin) {
            check(admin);
        }

        @Override
        public void copy(Session admin) {
            check(admin);
        }
    };

    /**
     * Throws if there is no role that may copy the reference tables.
     *
     * @param admin an admin's session in the project's database on the coordinator
     */
    void check(Session admin);

    /**
     * Restores the bodies of functions that have placeholders.
     *
     * @param admin an admin's session in the project's database on the coordinator
     */
    void restoreFunctions(Session admin);

    /**
     * Creates the missing copies of reference tables.
     *
     * @param admin an admin's session in the project's database on the coordinator
     */
    void copy(Session admin);
}
