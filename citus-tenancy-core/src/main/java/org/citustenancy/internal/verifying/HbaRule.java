package org.citustenancy.internal.verifying;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule by which a node accepts clients.
 *
 * @param line its line in the file
 * @param type the kind of connection
 * @param databases the databases of the rule
 * @param users the users of the rule
 * @param address the address of the clients
 * @param mask the mask of the address
 * @param method the authentication method
 */
record HbaRule(
        int line, String type, List<String> databases, List<String> users, String address, String mask, String method) {

    private static final String ALL = "all";
    private static final String REPLICATION = "replication";
    private static final String SOCKET = "local";

    /** The origin of clients. */
    enum Origin {
        /** Other hosts. */
        NETWORK,
        /** The server's own host, over one of its addresses. */
        HOST,
        /** The server's own host, over a Unix socket. */
        SOCKET
    }

    /**
     * Checks whether an address is a loopback address.
     *
     * @param host a name or an address
     * @return true for loopback addresses and their usual name
     */
    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    /** Returns the origin of the clients that the rule matches. */
    Origin origin() {
        if (type.equals(SOCKET)) {
            return Origin.SOCKET;
        }
        return address.equals("samehost") || (isLoopback(address) && !isWiderThanLoopback())
                ? Origin.HOST
                : Origin.NETWORK;
    }

    /** Checks whether the rule matches more than loopback addresses. Names have no mask. */
    private boolean isWiderThanLoopback() {
        return !mask.isEmpty() && !(mask.startsWith("255.") || mask.equals("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
    }

    /** Checks whether the rule accepts clients without any proof. */
    boolean trusts() {
        return method.equals("trust");
    }

    /** Checks whether the rule refuses clients. */
    private boolean rejects() {
        return method.equals("reject");
    }

    /** Checks whether the rule matches one of these users in one of these databases. */
    boolean concerns(Set<String> someUsers, Set<String> someDatabases) {
        return matches(users, someUsers) && matches(databases, someDatabases);
    }

    private static boolean matches(List<String> listed, Set<String> names) {
        return listed.stream()
                .anyMatch(entry -> entry.equals(ALL)
                        || entry.equals("sameuser")
                        || entry.equals("samerole")
                        || entry.startsWith("/")
                        || entry.startsWith("+")
                        || names.contains(entry));
    }

    /** Checks whether this rule, placed before another one, matches every connection that the other one matches. */
    boolean covers(HbaRule other) {
        boolean sameConnections = type.equals(other.type) || (type.equals("host") && !other.type.equals(SOCKET));
        boolean sameClients = address.equals(ALL)
                || (isEverywhere() && isOfTheSameFamily(other))
                || (address.equals(other.address) && mask.equals(other.mask));
        return sameConnections
                && sameClients
                && (users.contains(ALL) || users.containsAll(other.users))
                && (coversAllDatabasesOf(other) || databases.containsAll(other.databases));
    }

    /**
     * Checks whether the rule matches all databases of another one. Sessions for replication are not in "all"
     * databases.
     */
    private boolean coversAllDatabasesOf(HbaRule other) {
        return databases.contains(ALL) && !other.databases.contains(REPLICATION);
    }

    private boolean isEverywhere() {
        return (address.equals("0.0.0.0") && mask.equals("0.0.0.0")) || (address.equals("::") && mask.equals("::"));
    }

    /**
     * Checks whether both rules have addresses of the same version of the protocol. A rule without a mask has a name.
     */
    private boolean isOfTheSameFamily(HbaRule other) {
        return !other.mask.isEmpty() && (address.indexOf(':') >= 0) == (other.address.indexOf(':') >= 0);
    }

    /** Returns the fault of the rule, if it accepts clients from other hosts with a proof. */
    Optional<String> danger() {
        if (origin() != Origin.NETWORK || trusts() || rejects()) {
            return Optional.empty();
        }
        if (method.equals("password")) {
            return Optional.of("has passwords sent in clear");
        }
        if (method.equals("md5")) {
            return Optional.of("accepts md5, which can be replayed from a stolen hash");
        }
        if (!type.equals("hostssl") && !type.equals("hostgssenc")) {
            return Optional.of("lets sessions from other hosts in without TLS");
        }
        return Optional.empty();
    }

    /** Returns the rule in the syntax of the file. */
    @Override
    public String toString() {
        return "line " + line + ": " + type + " " + String.join(",", databases) + " " + String.join(",", users)
                + (address.isEmpty() ? "" : " " + address) + (mask.isEmpty() ? "" : " " + mask) + " " + method;
    }
}
