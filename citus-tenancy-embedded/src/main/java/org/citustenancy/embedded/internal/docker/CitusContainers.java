package org.citustenancy.embedded.internal.docker;

import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import java.util.List;
import java.util.Objects;
import org.citustenancy.embedded.internal.fleet.FleetOptions;
import org.citustenancy.embedded.internal.fleet.ServerSettings;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * Creates containers of the Citus image for servers.
 *
 * @param image the image
 * @param network the network on which the servers reach each other by name
 * @param options the options
 */
record CitusContainers(DockerImageName image, Network network, FleetOptions options) {

    static final int PORT = 5432;

    private static final String INIT_SCRIPTS = "/docker-entrypoint-initdb.d/";

    /** The file is beside the data directory, in the home directory of the user that runs the server. */
    private static final String PASSWORD_FILE = "/var/lib/postgresql/.pgpass";

    /** The entry point sources a script that is not executable in its own shell. */
    private static final int SOURCED_MODE = 0644;

    /**
     * Prepares a container that is not created yet.
     *
     * @param name the name at which others on the network reach it
     * @param publication the address at which its port is published
     */
    GenericContainer<?> make(String name, Publication publication) {
        GenericContainer<?> container = new GenericContainer<>(image)
                .withNetwork(network)
                .withNetworkAliases(name)
                .withEnv("POSTGRES_USER", FleetOptions.ADMIN_USER)
                .withEnv("POSTGRES_PASSWORD", options.adminPassword())
                .withEnv("POSTGRES_HOST_AUTH_METHOD", options.access().nodes())
                .withEnv("POSTGRES_INITDB_ARGS", initdbArguments())
                .withEnv("PGPASSFILE", PASSWORD_FILE)
                .withCopyToContainer(Transferable.of(settingsScript(), SOURCED_MODE), INIT_SCRIPTS + "000-settings.sh")
                // A script of this name creates the extension in the image; this one replaces it for a bare server.
                .withCopyToContainer(Transferable.of("SELECT 1;\n"), INIT_SCRIPTS + "001-create-citus-extension.sql")
                .waitingFor(new LeaveWaitingToTheServer());
        publish(container, publication);
        return container;
    }

    private static void publish(GenericContainer<?> container, Publication publication) {
        container.withExposedPorts(PORT).withCreateContainerCmdModifier(command -> {
            HostConfig host = Objects.requireNonNull(command.getHostConfig());
            host.withPortBindings(publication.binding(PORT));
            // The image's own check connects as another operating-system user than the server's.
            command.withHealthcheck(new HealthCheck().withTest(List.of("NONE")));
        });
    }

    /**
     * Without the last two arguments, processes in the container, including the server itself, could connect as any
     * role.
     */
    private String initdbArguments() {
        String nodes = options.access().nodes();
        return "--no-sync --encoding=UTF8 --locale=C.UTF-8 --auth-host=" + nodes + " --auth-local="
                + (options.access().nodesNeedPassword() ? "peer" : nodes);
    }

    /**
     * Writes settings to postgresql.conf, where ALTER SYSTEM can change them unlike on the command line, and writes the
     * password file. The image's entry point leaves the admin's password in PGPASSWORD to the server that it starts.
     * Any user could make the server send it to an address of the user's choice.
     */
    private String settingsScript() {
        String settings =
                ServerSettings.defaults().withCitus().with(options.settings()).text();
        String script = "cat >> \"$PGDATA/postgresql.conf\" <<'END_OF_SETTINGS'" + settings + "END_OF_SETTINGS\n"
                + "unset PGPASSWORD\n";
        return options.access().nodesNeedPassword()
                ? script + "(umask 077 && cat > " + PASSWORD_FILE + ") <<'END_OF_PASSWORDS'\n" + options.passwordFile()
                        + "END_OF_PASSWORDS\n"
                : script;
    }

    /**
     * Returns at once, because a strategy would keep waiting for a container that has crashed. The server checks the
     * container itself.
     */
    private static final class LeaveWaitingToTheServer extends AbstractWaitStrategy {

        @Override
        protected void waitUntilReady() {
            // See DockerServer.
        }
    }
}
