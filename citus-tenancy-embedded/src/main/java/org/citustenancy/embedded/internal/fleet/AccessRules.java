package org.citustenancy.embedded.internal.fleet;

/**
 * How those who connect prove who they are, in the words of {@code pg_hba.conf}.
 *
 * @param clients the method for programs
 * @param nodes the method for the servers among themselves
 */
public record AccessRules(String clients, String nodes) {

    /** Whether nodes and clients are distinguished. */
    public boolean differ() {
        return !clients.equals(nodes);
    }

    /** Whether nodes need the admin's password to reach each other. */
    public boolean nodesNeedPassword() {
        return !nodes.equals("trust");
    }
}
