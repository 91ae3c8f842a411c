package org.citustenancy.embedded.internal.postgres;

import java.io.IOException;
import java.nio.file.Path;
import org.citustenancy.embedded.internal.fleet.Fleet;
import org.citustenancy.embedded.internal.fleet.FleetOptions;
import org.citustenancy.embedded.internal.fleet.Server;
import org.citustenancy.embedded.internal.fleet.ServerException;
import org.citustenancy.embedded.internal.ports.ReservedPort;
import org.citustenancy.embedded.internal.process.Workspace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Servers that are processes of this machine, all of one installation. */
final class LocalFleet implements Fleet {

    private static final Logger LOG = LoggerFactory.getLogger(LocalFleet.class);

    private static final int PORT_ATTEMPTS = 10;

    private final PostgresInstallation installation;
    private final FleetOptions options;
    private final LoopbackAddresses addresses;
    private final ServerConfiguration configuration;
    private final Workspace workspace;
    private final DataDirectories dataDirectories;

    private LocalFleet(
            PostgresInstallation installation,
            ServerConfiguration configuration,
            Workspace workspace,
            DataDirectories dataDirectories) {
        this.installation = installation;
        this.options = configuration.options();
        this.addresses = configuration.addresses();
        this.configuration = configuration;
        this.workspace = workspace;
        this.dataDirectories = dataDirectories;
    }

    static LocalFleet open(PostgresInstallation installation, FleetOptions options)
            throws ServerException, InterruptedException {
        ServerConfiguration configuration = new ServerConfiguration(
                options,
                LoopbackAddresses.of(options.access()),
                installation.citus().isPresent());
        try {
            Workspace workspace = Workspace.open(options.directory(), installation.program("postgres"));
            LOG.debug("Servers run as user {} in {}", workspace.user(), workspace);
            try {
                return new LocalFleet(
                        installation,
                        configuration,
                        workspace,
                        DataDirectories.initialize(workspace, installation, configuration));
            } catch (IOException | InterruptedException | RuntimeException failure) {
                workspace.closeAfter(failure);
                throw failure;
            }
        } catch (IOException failure) {
            throw new ServerException(
                    "No data directory could be made with " + installation.description() + ": " + failure.getMessage(),
                    failure);
        }
    }

    @Override
    public Server add(String label) throws ServerException, InterruptedException {
        return add(label, dataDirectories::make);
    }

    @Override
    public Server addStandby(String label, Server primary) throws ServerException, InterruptedException {
        PostgresServer followed = (PostgresServer) primary;
        return add(label, (data, port) -> dataDirectories.copy(followed, data, port));
    }

    private Server add(String label, Filling filling) throws ServerException, InterruptedException {
        try {
            Path home = workspace.makeDirectory(label);
            Path passwords = home.resolve("passwords");
            workspace.write(passwords, options.passwordFile());
            PortTakenException lost = null;
            for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
                try {
                    return start(label, home, passwords, filling);
                } catch (PortTakenException taken) {
                    lost = taken;
                    dataDirectories.remove(home.resolve("data"));
                }
            }
            throw new ServerException(label + " found its port taken " + PORT_ATTEMPTS + " times", lost);
        } catch (IOException failure) {
            throw new ServerException(label + " could not be made: " + failure.getMessage(), failure);
        }
    }

    /** Creates the data directory of a server. */
    @FunctionalInterface
    private interface Filling {
        void fill(Path data, int port) throws IOException, InterruptedException;
    }

    private Server start(String label, Path home, Path passwords, Filling filling)
            throws IOException, ServerException, InterruptedException {
        PostgresServer server;
        try (ReservedPort port = ReservedPort.on(addresses.distinct())) {
            server = new PostgresServer(
                    new PostgresServer.Definition(
                            label,
                            installation.program("postgres"),
                            home,
                            addresses.nodeName(),
                            addresses.clients().getHostAddress(),
                            port.number(),
                            configuration.environment(passwords),
                            options.startTimeout()),
                    workspace,
                    dataDirectories);
            filling.fill(home.resolve("data"), port.number());
        }
        server.start();
        return server;
    }

    @Override
    public void close() throws ServerException {
        try {
            workspace.close();
        } catch (IOException failure) {
            throw new ServerException("The servers could not all be ended: " + failure.getMessage(), failure);
        }
    }
}
