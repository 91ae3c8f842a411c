package org.citustenancy.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.citustenancy.testing.Pumping;

/** Stands between the library and a node, and passes each statement of the library to a trigger before the node gets it. */
final class StatementProxy implements AutoCloseable {

    private final ServerSocket listener;
    private volatile int server;
    private final AtomicReference<StatementTrigger> trigger;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();

    private StatementProxy(ServerSocket listener, int server, AtomicReference<StatementTrigger> trigger) {
        this.listener = listener;
        this.server = server;
        this.trigger = trigger;
    }

    /**
     * Opens a free port of 127.0.0.1 that leads to a node.
     *
     * @param server the node's port
     * @param trigger counts the statements
     */
    static StatementProxy to(int server, AtomicReference<StatementTrigger> trigger) throws IOException {
        StatementProxy proxy =
                new StatementProxy(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), server, trigger);
        Pumping.background(ProxiedConnection.THREAD, proxy::accept);
        return proxy;
    }

    /** Leads new connections to another node. */
    void lead(int next) {
        server = next;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            try {
                ProxiedConnection connection =
                        new ProxiedConnection(client, new Socket(listener.getInetAddress(), server), trigger);
                connections.removeIf(ProxiedConnection::isClosed);
                connections.add(connection);
                connection.start();
            } catch (IOException refused) {
                client.close();
            }
        }
    }

    /** Closes the silent connections. */
    void endSilence() throws IOException {
        for (ProxiedConnection connection : connections) {
            if (connection.isSilent()) {
                connection.end();
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (ProxiedConnection connection : connections) {
            connection.end();
        }
    }
}
