package org.citustenancy.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.citustenancy.embedded.internal.ports.ReservedPort;
import org.citustenancy.embedded.internal.process.Executables;
import org.citustenancy.embedded.internal.process.Workspace;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real PgBouncer before a server, for one user, whose password it knows. */
public final class PgBouncer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PgBouncer.class);
    private static final int ATTEMPTS = 100;

    private final Workspace workspace;
    private final int port;

    private PgBouncer(Workspace workspace, int port) {
        this.workspace = workspace;
        this.port = port;
    }

    /** When a client gives its server back. */
    public enum PoolMode {
        SESSION,
        TRANSACTION
    }

    /**
     * Starts PgBouncer as its documentation describes it, for all databases of a server, with few connections.
     *
     * @param settings further lines of its configuration
     * @throws TestAbortedException if this machine has none
     */
    public static PgBouncer start(EmbeddedNode server, PoolMode mode, String user, String password, String... settings)
            throws IOException, InterruptedException, SQLException {
        Path program = Executables.onPath().find("pgbouncer").orElseThrow(() -> {
            LOG.warn("PgBouncer is not on the PATH");
            return new TestAbortedException("PgBouncer is not on the PATH");
        });
        Workspace workspace = Workspace.open(Path.of(System.getProperty("java.io.tmpdir")), program);
        try {
            int port;
            try (ReservedPort reserved = ReservedPort.on(List.of(InetAddress.getLoopbackAddress()))) {
                port = reserved.number();
            }
            PgBouncer bouncer = new PgBouncer(workspace, port);
            bouncer.launch(program, server, mode, user, password, settings);
            bouncer.await(user, password);
            return bouncer;
        } catch (IOException | InterruptedException | SQLException failure) {
            workspace.closeAfter(failure);
            throw failure;
        }
    }

    private void launch(
            Path program, EmbeddedNode server, PoolMode mode, String user, String password, String... settings)
            throws IOException {
        Path home = workspace.makeDirectory("pgbouncer");
        workspace.write(home.resolve("users"), quoted(user) + " " + quoted(password) + "\n");
        workspace.write(home.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d

                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                pool_mode = %s
                default_pool_size = 2
                server_round_robin = 1
                %s
                """.formatted(
                        server.port(),
                        port,
                        home.resolve("users"),
                        mode.name().toLowerCase(Locale.ROOT),
                        String.join("\n", settings)));
        workspace.launch(
                List.of(program.toString(), home.resolve("pgbouncer.ini").toString()),
                Map.of(),
                home.resolve("pgbouncer.log"));
    }

    private static String quoted(String value) {
        return "\"" + value.replace("\"", "\"\"") + "\"";
    }

    /** Waits until it answers; what it answers for a database that is not there is an answer, too. */
    private void await(String user, String password) throws IOException, InterruptedException, SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                DriverManager.getConnection(jdbcUrl("pgbouncer"), user, password)
                        .close();
                return;
            } catch (SQLException failure) {
                if (failure.getSQLState() != null && !failure.getSQLState().equals("08001")) {
                    return;
                }
                if (attempt == ATTEMPTS) {
                    throw new IOException(
                            "PgBouncer does not answer: "
                                    + Files.readString(Path.of(workspace.toString(), "pgbouncer", "pgbouncer.log")),
                            failure);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** The URL of a database through it. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Its port. */
    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        workspace.close();
    }
}
