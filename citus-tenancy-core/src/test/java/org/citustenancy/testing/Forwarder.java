package org.citustenancy.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Another address of a server: what is sent to it goes on to the server, and back. */
public final class Forwarder implements AutoCloseable {

    private static final String THREAD = "forwarder";

    private final ServerSocket door;
    private final int server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile String unanswered = "";

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

    /** From now on nothing comes back from the server on a connection that has sent it this. */
    public void keepAnswersTo(String text) {
        unanswered = text;
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
            AtomicBoolean silent = new AtomicBoolean();
            Pumping.background(
                    THREAD,
                    () -> pump(here, there, sent -> {
                        if (!unanswered.isEmpty() && sent.contains(unanswered)) {
                            silent.set(true);
                        }
                        return true;
                    }));
            Pumping.background(THREAD, () -> pump(there, here, answered -> !silent.get()));
        }
    }

    private static void pump(Socket from, Socket to, Predicate<String> passes) throws IOException {
        byte[] buffer = new byte[8192];
        try (from;
                to;
                InputStream input = from.getInputStream()) {
            OutputStream output = to.getOutputStream();
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                if (passes.test(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
                    output.write(buffer, 0, read);
                }
            }
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
