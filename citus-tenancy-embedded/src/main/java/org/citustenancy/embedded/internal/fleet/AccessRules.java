package org.citustenancy.embedded.internal.fleet;

/**
 * The authentication methods of connections, with their names in {@code pg_hba.conf}.
 *
 * @param clients the method of clients
 * @param nodes the method of servers among themselves
 */
public record AccessRules(String clients, String nodes) {

    /** Returns whether nodes and clients have different methods. */
    public boolean differ() {
        return !clients.equals(nodes);
    }

    /** Returns whether nodes need the admin's password to reach each other. */
    public boolean nodesNeedPassword() {
        return !nodes.equals("trust");
    }
}
