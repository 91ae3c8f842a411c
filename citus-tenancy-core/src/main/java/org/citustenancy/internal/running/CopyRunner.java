package org.citustenancy.internal.running;

import org.citustenancy.internal.session.Session;

/** Makes copies of reference tables that a plan asks for. */
public interface CopyRunner {

    /** For plans that ask for none. */
    CopyRunner NONE = new CopyRunner() {
        @Override
        public void check(Session admin) {
            throw new IllegalStateException("This plan copies no reference tables");
        }

        @Override
        public void copy(Session admin) {
            check(admin);
        }
    };

    /**
     * Throws if there is no role that may make them.
     *
     * @param admin an admin's session in the project's database on the coordinator
     */
    void check(Session admin);

    /**
     * Makes those that are missing.
     *
     * @param admin an admin's session in the project's database on the coordinator
     */
    void copy(Session admin);
}
