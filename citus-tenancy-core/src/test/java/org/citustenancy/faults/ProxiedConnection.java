package org.citustenancy.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.citustenancy.testing.Pumping;

/**
 * One connection through a {@link StatementProxy}. A statement is what the node answers as a whole: a simple query, or
 * messages up to a Sync. Those of others than the library pass unread.
 */
final class ProxiedConnection implements AutoCloseable {

    static final String THREAD = "statement-proxy";

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final String LIBRARY = "\0application_name\0citus-tenancy\0";
    private static final int BUFFER = 1 << 16;

    private final Socket client;
    private final Socket server;
    private final AtomicReference<StatementTrigger> trigger;

    /** The trigger that fires on the answer to the last statement. */
    private volatile StatementTrigger awaiting;

    private volatile boolean silent;

    ProxiedConnection(Socket client, Socket server, AtomicReference<StatementTrigger> trigger) throws IOException {
        this.client = client;
        this.server = server;
        this.trigger = trigger;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void start() {
        Pumping.background(THREAD, this::serve);
    }

    private void serve() throws IOException {
        try (this) {
            DataInputStream input = input(client);
            byte[] startup = startup(input);
            boolean library = new String(startup, StandardCharsets.UTF_8).contains(LIBRARY);
            OutputStream toServer = server.getOutputStream();
            toServer.write(startup);
            toServer.flush();
            Pumping.background(THREAD, library ? this::readAnswers : this::passAnswers);
            if (library) {
                readStatements(input, toServer);
            } else {
                pump(input, toServer);
            }
        }
    }

    private static DataInputStream input(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    }

    /** The first message has no type. Before it, a client may ask for encryption, which there is not. */
    private byte[] startup(DataInputStream input) throws IOException {
        while (true) {
            int length = input.readInt();
            byte[] body = input.readNBytes(length - 4);
            int code = ByteBuffer.wrap(body).getInt();
            if (code != SSL_REQUEST && code != GSS_REQUEST) {
                return ByteBuffer.allocate(length).putInt(length).put(body).array();
            }
            client.getOutputStream().write('N');
            client.getOutputStream().flush();
        }
    }

    private void readStatements(DataInputStream input, OutputStream toServer) throws IOException {
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        while (true) {
            int type = read(input, batch);
            if (type == 'Q' || type == 'S') {
                StatementTrigger current = trigger.get();
                StatementTrigger.Step step = current.next();
                if (step == StatementTrigger.Step.FIRES_ON_ANSWER) {
                    awaiting = current;
                } else if (step == StatementTrigger.Step.FIRES && !continuesAfter(current)) {
                    return;
                }
            }
            if ("PBDEC".indexOf(type) < 0) {
                batch.writeTo(toServer);
                toServer.flush();
                batch.reset();
            }
        }
    }

    /** What the node says before it has answered a watched statement is kept back with the answer. */
    private void readAnswers() throws IOException {
        try (this) {
            DataInputStream input = input(server);
            OutputStream toClient = client.getOutputStream();
            ByteArrayOutputStream batch = new ByteArrayOutputStream();
            while (true) {
                int type = read(input, batch);
                StatementTrigger current = awaiting;
                boolean ends = "ZGH".indexOf(type) >= 0;
                if (current != null && !ends) {
                    continue;
                }
                if (current != null) {
                    awaiting = null;
                    if (!continuesAfter(current)) {
                        return;
                    }
                }
                if (ends || input.available() == 0 || batch.size() > BUFFER) {
                    batch.writeTo(toClient);
                    toClient.flush();
                    batch.reset();
                }
            }
        }
    }

    private static int read(DataInputStream input, ByteArrayOutputStream batch) throws IOException {
        int type = input.readUnsignedByte();
        int length = input.readInt();
        batch.write(type);
        batch.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        batch.writeBytes(input.readNBytes(length - 4));
        return type;
    }

    private boolean continuesAfter(StatementTrigger current) {
        StatementTrigger.Verdict verdict = current.fire();
        silent = verdict == StatementTrigger.Verdict.SILENT;
        return verdict == StatementTrigger.Verdict.GO_ON;
    }

    private void passAnswers() throws IOException {
        try (this) {
            pump(server.getInputStream(), client.getOutputStream());
        }
    }

    private static void pump(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
            to.flush();
        }
    }

    boolean isSilent() {
        return silent;
    }

    boolean isClosed() {
        return client.isClosed();
    }

    /** Cuts both ends, unless it is to look as if it were still there. */
    @Override
    public void close() throws IOException {
        if (!silent) {
            end();
        }
    }

    /** Cuts both ends. */
    void end() throws IOException {
        client.close();
        server.close();
    }
}
