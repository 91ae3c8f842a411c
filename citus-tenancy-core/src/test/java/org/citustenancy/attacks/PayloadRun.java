package org.citustenancy.attacks;

/**
 * That a payload ran.
 *
 * @param payload the kind of object that called it
 * @param node the node on which it ran
 * @param currentUser with whose rights it ran
 * @param sessionUser to whom {@code RESET ROLE} leads
 * @param superuser whether either of them is a superuser
 * @param database the database
 * @param application what the session calls itself
 * @param statement the beginning of the statement that the session was running
 */
record PayloadRun(
        String payload,
        String node,
        String currentUser,
        String sessionUser,
        boolean superuser,
        String database,
        String application,
        String statement) {

    /** Who that is to the project, as the table in the documents says it. */
    RunAs as(String owner) {
        if (superuser) {
            return RunAs.SUPERUSER;
        }
        if (sessionUser.equals(owner) && currentUser.equals(owner)) {
            return RunAs.OWNER;
        }
        return sessionUser.startsWith("citus_tenancy_") || currentUser.startsWith("citus_tenancy_")
                ? sessionUser.startsWith("citus_tenancy_tmp_") ? RunAs.TEMPORARY : RunAs.LIBRARY
                : RunAs.OTHER_USER;
    }
}
