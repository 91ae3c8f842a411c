package org.citustenancy.embedded.internal.docker;

import com.github.dockerjava.api.model.HostConfig;
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
 * @param options what was asked for
 */
record CitusContainers(DockerImageName image, Network network, FleetOptions options) {

    static final int PORT = 5432;

    private static final String INIT_SCRIPTS = "/docker-entrypoint-initdb.d/";
    private static final int SCRIPT_MODE = 0755;

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
                .withCopyToContainer(Transferable.of(settingsScript(), SCRIPT_MODE), INIT_SCRIPTS + "000-settings.sh")
                // The image creates the extension by a script of this name; a bare server has none.
                .withCopyToContainer(Transferable.of("SELECT 1;\n"), INIT_SCRIPTS + "001-create-citus-extension.sql")
                .waitingFor(new LeaveWaitingToTheServer());
        if (options.access().nodesNeedPassword()) {
            // As in the Compose file of Citus; the image alone forgets it when a container is started again.
            container.withEnv("PGUSER", FleetOptions.ADMIN_USER).withEnv("PGPASSWORD", options.adminPassword());
        }
        publish(container, publication);
        return container;
    }

    private static void publish(GenericContainer<?> container, Publication publication) {
        container.withExposedPorts(PORT).withCreateContainerCmdModifier(command -> {
            HostConfig host = Objects.requireNonNull(command.getHostConfig());
            host.withPortBindings(publication.binding(PORT));
        });
    }

    /** Without the last one a node would trust whoever connects from inside its container, such as itself. */
    private String initdbArguments() {
        return "--no-sync --encoding=UTF8 --locale=C.UTF-8 --auth-host="
                + options.access().nodes();
    }

    /** In postgresql.conf, not on the command line, they can be changed by ALTER SYSTEM. */
    private String settingsScript() {
        String settings =
                ServerSettings.defaults().withCitus().with(options.settings()).text();
        return "cat >> \"$PGDATA/postgresql.conf\" <<'END_OF_SETTINGS'" + settings + "END_OF_SETTINGS\n";
    }

    /** A container that has crashed is waited for in vain, so the server looks for itself. */
    private static final class LeaveWaitingToTheServer extends AbstractWaitStrategy {

        @Override
        protected void waitUntilReady() {
            // See DockerServer.
        }
    }
}
