package org.citustenancy.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.citustenancy.testing.Pumping;

/** Stands between the library and a node, and shows each statement of the library's to an ambush before the node gets it. */
final class StatementProxy implements AutoCloseable {

    private final ServerSocket door;
    private final int server;
    private final AtomicReference<StatementTrigger> ambush;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();

    private StatementProxy(ServerSocket door, int server, AtomicReference<StatementTrigger> ambush) {
        this.door = door;
        this.server = server;
        this.ambush = ambush;
    }

    /**
     * Opens a free port of 127.0.0.1 that leads to a node.
     *
     * @param server the node's port
     * @param ambush who is shown the statements
     */
    static StatementProxy to(int server, AtomicReference<StatementTrigger> ambush) throws IOException {
        StatementProxy proxy =
                new StatementProxy(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), server, ambush);
        Pumping.background(ProxiedConnection.THREAD, proxy::accept);
        return proxy;
    }

    int port() {
        return door.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = door.accept();
            try {
                ProxiedConnection connection =
                        new ProxiedConnection(client, new Socket(door.getInetAddress(), server), ambush);
                connections.removeIf(ProxiedConnection::isClosed);
                connections.add(connection);
                connection.start();
            } catch (IOException nobodyThere) {
                client.close();
            }
        }
    }

    /** Cuts what is silent. */
    void endSilence() throws IOException {
        for (ProxiedConnection connection : connections) {
            if (connection.isSilent()) {
                connection.end();
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (ProxiedConnection connection : connections) {
            connection.end();
        }
    }
}
