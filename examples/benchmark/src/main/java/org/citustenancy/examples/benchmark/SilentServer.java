package org.citustenancy.examples.benchmark;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.users.Secret;

/**
 * A server that accepts sessions as PostgreSQL does, and returns no data: sufficient to measure pools without a
 * database.
 */
final class SilentServer implements AutoCloseable {

    /** A user that may connect; any other role may too. */
    static final String USER = "u";

    private static final int TRUST = 0;

    private final ServerSocket listening;
    private final AtomicInteger connections = new AtomicInteger();

    private SilentServer(ServerSocket listening) {
        this.listening = listening;
    }

    static SilentServer start() throws IOException {
        SilentServer server = new SilentServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        daemon(server::accept);
        return server;
    }

    /** Returns the number of sessions. */
    int connections() {
        return connections.get();
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + listening.getLocalPort() + "/" + database
                + "?sslmode=disable&gssEncMode=disable&preferQueryMode=simple";
    }

    ConnectionInfo connection(String database) {
        return new ConnectionInfo(
                "127.0.0.1",
                listening.getLocalPort(),
                database,
                USER,
                Optional.of(Secret.of("a-Password-without-use")),
                jdbcUrl(database),
                Map.of());
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "silent-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                connections.incrementAndGet();
                daemon(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket;
                DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
                DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
            in.readFully(new byte[in.readInt() - 4]);
            out.write(message('R', data -> data.writeInt(TRUST)));
            for (String setting : new String[] {
                "server_version\0" + "15.0\0",
                "server_encoding\0UTF8\0",
                "client_encoding\0UTF8\0",
                "DateStyle\0ISO\0",
                "TimeZone\0UTC\0",
                "integer_datetimes\0on\0",
                "standard_conforming_strings\0on\0"
            }) {
                out.write(message('S', data -> data.write(setting.getBytes(StandardCharsets.UTF_8))));
            }
            out.write(ready());
            while (true) {
                int type = in.read();
                if (type < 0 || type == 'X') {
                    return;
                }
                byte[] body = new byte[in.readInt() - 4];
                in.readFully(body);
                out.write(answer(new String(body, StandardCharsets.UTF_8).trim()));
                out.write(ready());
            }
        } catch (IOException gone) {
            // The client has closed the session.
            return;
        }
    }

    private static byte[] answer(String query) throws IOException {
        if (query.startsWith("SHOW")) {
            ByteArrayOutputStream rows = new ByteArrayOutputStream();
            rows.write(message('T', data -> {
                data.writeShort(1);
                data.write("setting\0".getBytes(StandardCharsets.UTF_8));
                data.writeInt(0);
                data.writeShort(0);
                data.writeInt(25);
                data.writeShort(-1);
                data.writeInt(-1);
                data.writeShort(0);
            }));
            byte[] value = "read committed".getBytes(StandardCharsets.UTF_8);
            rows.write(message('D', data -> {
                data.writeShort(1);
                data.writeInt(value.length);
                data.write(value);
            }));
            rows.write(message('C', data -> data.write("SHOW\0".getBytes(StandardCharsets.UTF_8))));
            return rows.toByteArray();
        }
        return query.isEmpty() || query.equals("\0")
                ? message('I', data -> {})
                : message('C', data -> data.write("SET\0".getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] ready() throws IOException {
        return message('Z', data -> data.write('I'));
    }

    private static byte[] message(char type, Contents contents) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        contents.write(new DataOutputStream(body));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(whole);
        out.write(type);
        out.writeInt(body.size() + 4);
        body.writeTo(out);
        return whole.toByteArray();
    }

    @FunctionalInterface
    private interface Contents {
        void write(DataOutputStream data) throws IOException;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
