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
 * How a container of the Citus image is made for a server.
 *
 * @param image the image
 * @param network where the servers find each other by name
 * @param options the options
 */
record CitusContainers(DockerImageName image, Network network, FleetOptions options) {

    static final int PORT = 5432;

    private static final String INIT_SCRIPTS = "/docker-entrypoint-initdb.d/";

    /** Beside the data directory, in the home directory of the user as whom the server runs. */
    private static final String PASSWORD_FILE = "/var/lib/postgresql/.pgpass";

    /** A script that may not be executed is run by the entry point's own shell. */
    private static final int SOURCED_MODE = 0644;

    /**
     * Makes a container that has not been created yet.
     *
     * @param name the name by which others on the network reach it
     * @param publication where its port is published
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
                // The image creates the extension by a script of this name; a bare server has none.
                .withCopyToContainer(Transferable.of("SELECT 1;\n"), INIT_SCRIPTS + "001-create-citus-extension.sql")
                .waitingFor(new LeaveWaitingToTheServer());
        publish(container, publication);
        return container;
    }

    private static void publish(GenericContainer<?> container, Publication publication) {
        container.withExposedPorts(PORT).withCreateContainerCmdModifier(command -> {
            HostConfig host = Objects.requireNonNull(command.getHostConfig());
            host.withPortBindings(publication.binding(PORT));
            // The image's own one connects as another user of the system than the server's.
            command.withHealthcheck(new HealthCheck().withTest(List.of("NONE")));
        });
    }

    /** Without the last two, processes in the container, among them the server itself, could connect as any role. */
    private String initdbArguments() {
        String nodes = options.access().nodes();
        return "--no-sync --encoding=UTF8 --locale=C.UTF-8 --auth-host=" + nodes + " --auth-local="
                + (options.access().nodesNeedPassword() ? "peer" : nodes);
    }

    /**
     * Settings in postgresql.conf, where unlike on the command line they can be changed by ALTER SYSTEM, and the password file.
     * The image's entry point leaves the admin's password in PGPASSWORD to the server that it starts: any user could have the
     * server send it to an address of the user's choice.
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

    /** A container that has crashed is waited for in vain, so the server looks for itself. */
    private static final class LeaveWaitingToTheServer extends AbstractWaitStrategy {

        @Override
        protected void waitUntilReady() {
            // See DockerServer.
        }
    }
}
