package org.citustenancy.embedded;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server of an attacker: it asks each PostgreSQL client for a password in clear text and keeps what it gets. */
final class PasswordCollector implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordCollector.class);

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int CLEAR_TEXT_PASSWORD = 3;
    private static final int SECONDS = 20;

    /**
     * One client.
     *
     * @param user the role as which it wants to connect
     * @param password what it has sent, if it has sent a password
     */
    record Client(String user, Optional<String> password) {}

    private final ServerSocket socket;
    private final BlockingQueue<Client> clients = new LinkedBlockingQueue<>();

    private PasswordCollector(ServerSocket socket) {
        this.socket = socket;
    }

    static PasswordCollector start() throws IOException {
        PasswordCollector collector = new PasswordCollector(new ServerSocket(0));
        Thread thread = new Thread(collector::serve, "password-collector");
        thread.setDaemon(true);
        thread.start();
        return collector;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The next client that has come and gone. */
    Client next() throws InterruptedException {
        Client client = clients.poll(SECONDS, TimeUnit.SECONDS);
        if (client == null) {
            throw new AssertionError("No client has connected within " + SECONDS + " s");
        }
        return client;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                client.setSoTimeout(SECONDS * 1000);
                clients.add(ask(
                        new DataInputStream(client.getInputStream()), new DataOutputStream(client.getOutputStream())));
            } catch (IOException closed) {
                LOG.info("A client has left, or this server is closed: {}", closed.toString());
            }
        }
    }

    private static Client ask(DataInputStream in, DataOutputStream out) throws IOException {
        String user = user(in, out);
        out.writeByte('R');
        out.writeInt(8);
        out.writeInt(CLEAR_TEXT_PASSWORD);
        out.flush();
        if (in.read() != 'p') {
            return new Client(user, Optional.empty());
        }
        String password = new String(in.readNBytes(in.readInt() - 4), StandardCharsets.UTF_8);
        return new Client(user, Optional.of(password.substring(0, password.length() - 1)));
    }

    private static String user(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            int length = in.readInt();
            int code = in.readInt();
            byte[] rest = in.readNBytes(length - 8);
            if (code != SSL_REQUEST && code != GSS_REQUEST) {
                String[] words = new String(rest, StandardCharsets.UTF_8).split("\0", -1);
                for (int index = 0; index + 1 < words.length; index += 2) {
                    if (words[index].equals("user")) {
                        return words[index + 1];
                    }
                }
                throw new IOException("A client has not said which role it is");
            }
            out.writeByte('N');
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
