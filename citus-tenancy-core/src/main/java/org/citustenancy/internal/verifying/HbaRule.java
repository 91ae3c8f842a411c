package org.citustenancy.internal.verifying;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule by which a node lets clients in.
 *
 * @param line its line in the file
 * @param type the kind of connection
 * @param databases for which databases
 * @param users for which users
 * @param address from where
 * @param mask the mask of the address
 * @param method how the client proves which role it is
 */
record HbaRule(
        int line, String type, List<String> databases, List<String> users, String address, String mask, String method) {

    private static final String ALL = "all";
    private static final String REPLICATION = "replication";
    private static final String SOCKET = "local";

    /** From where clients come. */
    enum Origin {
        /** Other hosts. */
        NETWORK,
        /** The server's own host, over one of its addresses. */
        HOST,
        /** The server's own host, over a Unix socket. */
        SOCKET
    }

    /**
     * Whether an address is one that only the host itself has.
     *
     * @param host a name or an address
     * @return true for loopback addresses and the usual name of them
     */
    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    /** From where the clients come that it is for. */
    Origin origin() {
        if (type.equals(SOCKET)) {
            return Origin.SOCKET;
        }
        return address.equals("samehost") || (isLoopback(address) && !isWiderThanLoopback())
                ? Origin.HOST
                : Origin.NETWORK;
    }

    /** Names have no mask. */
    private boolean isWiderThanLoopback() {
        return !mask.isEmpty() && !(mask.startsWith("255.") || mask.equals("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
    }

    /** Whether it lets clients in without any proof. */
    boolean trusts() {
        return method.equals("trust");
    }

    /** Whether it turns clients away. */
    private boolean rejects() {
        return method.equals("reject");
    }

    /** Whether it is for one of these users in one of these databases. */
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

    /** Whether this rule, placed before another one, matches every connection that the other one matches. */
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

    /** Sessions for replication are not among those in "all" databases. */
    private boolean coversAllDatabasesOf(HbaRule other) {
        return databases.contains(ALL) && !other.databases.contains(REPLICATION);
    }

    private boolean isEverywhere() {
        return (address.equals("0.0.0.0") && mask.equals("0.0.0.0")) || (address.equals("::") && mask.equals("::"));
    }

    /** Whether both name addresses, of the same version of the protocol. What has no mask is a name. */
    private boolean isOfTheSameFamily(HbaRule other) {
        return !other.mask.isEmpty() && (address.indexOf(':') >= 0) == (other.address.indexOf(':') >= 0);
    }

    /** What is wrong with it, if it lets clients from other hosts in with a proof. */
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

    /** The rule as it could stand in the file. */
    @Override
    public String toString() {
        return "line " + line + ": " + type + " " + String.join(",", databases) + " " + String.join(",", users)
                + (address.isEmpty() ? "" : " " + address) + (mask.isEmpty() ? "" : " " + mask) + " " + method;
    }
}
