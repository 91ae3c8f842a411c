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
 * @param method how the client proves who it is
 */
record HbaRule(
        int line, String type, List<String> databases, List<String> users, String address, String mask, String method) {

    private static final Set<String> HOST_LOCAL = Set.of("127.0.0.1", "::1", "localhost", "samehost");

    /** Whether it lets anybody in from another host. */
    boolean isForTheNetwork() {
        boolean loopback = HOST_LOCAL.contains(address) || address.startsWith("127.");
        return !type.equals("local") && !method.equals("reject") && !loopback;
    }

    /** Whether it is for one of these users in one of these databases. */
    boolean concerns(Set<String> someUsers, Set<String> someDatabases) {
        return matches(users, someUsers) && matches(databases, someDatabases);
    }

    private static boolean matches(List<String> listed, Set<String> names) {
        return listed.stream()
                .anyMatch(entry -> entry.equals("all")
                        || entry.equals("sameuser")
                        || entry.equals("samerole")
                        || entry.startsWith("/")
                        || entry.startsWith("+")
                        || names.contains(entry));
    }

    /** Whether whatever another rule is for, this one, standing before it, is for already. */
    boolean covers(HbaRule other) {
        boolean sameConnections = type.equals("host") || type.equals(other.type);
        boolean sameClients =
                address.equals("all") || isEverywhere() || (address.equals(other.address) && mask.equals(other.mask));
        return sameConnections
                && sameClients
                && (users.contains("all") || users.containsAll(other.users))
                && (databases.contains("all") || databases.containsAll(other.databases));
    }

    private boolean isEverywhere() {
        return address.equals("0.0.0.0") && mask.equals("0.0.0.0");
    }

    /** What is wrong with it. */
    Optional<String> danger() {
        if (method.equals("trust")) {
            return Optional.of("lets in whoever says who he is, without a password or certificate");
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
        return "line " + line + ": " + type + " " + String.join(",", databases) + " " + String.join(",", users) + " "
                + address + (mask.isEmpty() ? "" : " " + mask) + " " + method;
    }
}
