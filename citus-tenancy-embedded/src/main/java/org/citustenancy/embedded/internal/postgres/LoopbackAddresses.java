package org.citustenancy.embedded.internal.postgres;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import org.citustenancy.embedded.internal.fleet.AccessRules;
import org.citustenancy.embedded.internal.fleet.ServerException;

/**
 * The addresses on which servers listen. A server distinguishes clients by their address. If nodes and clients have the
 * same authentication, all of them use {@code 127.0.0.1}. Otherwise nodes connect from {@code ::1}. Other addresses of
 * {@code 127.0.0.0/8} are not sufficient, because a client that connects to one of them still has the address
 * {@code 127.0.0.1}.
 *
 * @param clients the address to which clients connect
 * @param nodes the address to which nodes connect
 */
record LoopbackAddresses(InetAddress clients, InetAddress nodes) {

    private static final byte[] IPV4 = {127, 0, 0, 1};
    private static final byte[] IPV6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    static LoopbackAddresses of(AccessRules access) throws ServerException {
        try {
            InetAddress clients = InetAddress.getByAddress(IPV4);
            InetAddress nodes = access.differ() ? InetAddress.getByAddress(IPV6) : clients;
            if (NetworkInterface.getByInetAddress(nodes) == null) {
                throw new ServerException(
                        "Nodes and clients have no different addresses: this machine has no address ::1."
                                + " Use the same authentication for both.");
            }
            return new LoopbackAddresses(clients, nodes);
        } catch (IOException failure) {
            throw new ServerException("The loopback addresses of this machine cannot be read: " + failure, failure);
        }
    }

    /** Returns the addresses without duplicates. */
    List<InetAddress> distinct() {
        return clients.equals(nodes) ? List.of(clients) : List.of(clients, nodes);
    }

    /** Returns the name at which nodes reach each other. */
    String nodeName() {
        return text(nodes);
    }

    /** Returns the value of {@code listen_addresses}. */
    String listenAddresses() {
        List<String> texts = new ArrayList<>();
        distinct().forEach(address -> texts.add(text(address)));
        return String.join(",", texts);
    }

    /** Java formats {@code ::1} in full. */
    private static String text(InetAddress address) {
        return address instanceof Inet6Address ? "::1" : address.getHostAddress();
    }
}
