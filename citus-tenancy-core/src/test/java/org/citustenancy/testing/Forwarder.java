package org.citustenancy.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Another address of a server: what is sent to it goes on to the server, and back. */
public final class Forwarder implements AutoCloseable {

    private static final String THREAD = "forwarder";

    private final ServerSocket door;
    private final int server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private Forwarder(ServerSocket door, int server) {
        this.door = door;
        this.server = server;
    }

    /** Opens a free port of 127.0.0.1 that leads to another one. */
    public static Forwarder to(int server) throws IOException {
        Forwarder forwarder = new Forwarder(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        Pumping.background(THREAD, forwarder::accept);
        return forwarder;
    }

    /** The port. */
    public int port() {
        return door.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket here = door.accept();
            Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
            sockets.add(here);
            sockets.add(there);
            Pumping.background(THREAD, () -> pump(here, there));
            Pumping.background(THREAD, () -> pump(there, here));
        }
    }

    private static void pump(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream input = from.getInputStream()) {
            input.transferTo(to.getOutputStream());
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
