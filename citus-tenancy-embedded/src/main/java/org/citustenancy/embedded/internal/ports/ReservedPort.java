package org.citustenancy.embedded.internal.ports;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A free port that no other process gets while it is held. It is below the range from which operating systems take
 * ports for outgoing connections, so that it is still free when a stopped server needs it again.
 */
public final class ReservedPort implements AutoCloseable {

    private static final int LOWEST = 15_000;
    private static final int BEYOND = 32_000;
    private static final int ATTEMPTS = 200;

    private final int number;
    private final List<SocketChannel> holds;

    private ReservedPort(int number, List<SocketChannel> holds) {
        this.number = number;
        this.holds = holds;
    }

    /**
     * Reserves a port that is free on all of the addresses.
     *
     * @throws IOException if there is none, or an address does not belong to this machine
     */
    public static ReservedPort on(List<InetAddress> addresses) throws IOException {
        IOException last = new IOException("no attempt was made");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int number = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
            ReservedPort port = new ReservedPort(number, new ArrayList<>());
            try {
                for (InetAddress address : addresses) {
                    port.hold(address);
                }
                return port;
            } catch (BindException taken) {
                port.close();
                last = taken;
            }
        }
        throw new IOException("No free port between " + LOWEST + " and " + BEYOND + " on " + addresses, last);
    }

    private void hold(InetAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        holds.add(channel);
        // Without address reuse, and not listening: no process can bind the port or connect to it.
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, false);
        channel.bind(new InetSocketAddress(address, number));
    }

    /** Returns the port number. */
    public int number() {
        return number;
    }

    /** Releases the port for the server. */
    @Override
    public void close() throws IOException {
        for (SocketChannel channel : holds) {
            channel.close();
        }
    }
}
