package org.citustenancy.embedded;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.citustenancy.embedded.internal.citus.CitusFormation;
import org.citustenancy.embedded.internal.concurrent.Parallel;
import org.citustenancy.embedded.internal.fleet.AccessRules;
import org.citustenancy.embedded.internal.fleet.Fleet;
import org.citustenancy.embedded.internal.fleet.FleetOptions;
import org.citustenancy.embedded.internal.fleet.Server;
import org.citustenancy.embedded.internal.fleet.ServerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a cluster, from the selection of the backend until it is ready. */
final class ClusterStart {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCluster.class);

    /** The number of random bytes in the admin's password. */
    private static final int PASSWORD_BYTES = 24;

    private final ClusterSpecification specification;
    private final FleetOptions options;

    private ClusterStart(ClusterSpecification specification, FleetOptions options) {
        this.specification = specification;
        this.options = options;
    }

    static ClusterStart of(ClusterSpecification specification) {
        return new ClusterStart(
                specification,
                new FleetOptions(
                        newPassword(),
                        new AccessRules(
                                specification.clients().method(),
                                specification.nodes().method()),
                        specification.settings(),
                        specification.directory(),
                        specification.ownIdentifiers(),
                        specification.startTimeout()));
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    EmbeddedCluster run() {
        long begin = System.nanoTime();
        try {
            BackendChoice choice = BackendChoice.of(specification.backends(), specification.image());
            Fleet fleet = choice.found().open(options);
            EmbeddedCluster cluster = populate(choice, fleet);
            LOG.info("Embedded cluster is ready after {} ms: {}", (System.nanoTime() - begin) / 1_000_000, cluster);
            return cluster;
        } catch (ServerException failure) {
            throw new EmbeddedClusterException("The cluster did not start. " + failure.getMessage(), failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new EmbeddedClusterException(
                    "Interrupted while the cluster started; everything that had started is stopped", interruption);
        }
    }

    private EmbeddedCluster populate(BackendChoice choice, Fleet fleet) throws ServerException, InterruptedException {
        try {
            List<Server> servers = startServers(choice, fleet);
            if (choice.found().hasCitus() && specification.registered()) {
                // Runs in a separate thread: an interrupt then ends the wait although JDBC ignores it.
                Parallel.<Boolean>call(List.of(() -> form(servers)));
            }
            return new EmbeddedCluster(choice, fleet, options, servers);
        } catch (ServerException | InterruptedException | RuntimeException failure) {
            try {
                fleet.close();
            } catch (ServerException left) {
                failure.addSuppressed(left);
            }
            throw failure;
        }
    }

    private List<Server> startServers(BackendChoice choice, Fleet fleet) throws ServerException, InterruptedException {
        List<Callable<Server>> starts = new ArrayList<>();
        starts.add(() -> fleet.add(Fleet.COORDINATOR));
        if (choice.found().hasCitus()) {
            for (int number = 1; number <= specification.workers(); number++) {
                String label = "worker-" + number;
                starts.add(() -> fleet.add(label));
            }
        } else if (specification.workers() > 0) {
            LOG.info(
                    "Without Citus there are no workers; the {} requested workers are not started",
                    specification.workers());
        }
        return Parallel.call(starts);
    }

    private boolean form(List<Server> servers) throws ServerException {
        Server coordinator = servers.get(0);
        Properties properties = new Properties();
        properties.setProperty("user", FleetOptions.ADMIN_USER);
        properties.setProperty("password", options.adminPassword());
        properties.setProperty("ApplicationName", "citus-tenancy-embedded");
        properties.setProperty(
                "socketTimeout", Long.toString(options.startTimeout().toSeconds() + 1));
        String url = new EmbeddedNode(coordinator).jdbcUrl(EmbeddedCluster.MAINTENANCE_DATABASE);
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            new CitusFormation(connection, coordinator).form(servers.subList(1, servers.size()));
            return true;
        } catch (SQLException failure) {
            throw new ServerException(
                    "The coordinator could not be reached: " + failure.getMessage() + "\nIts log:\n"
                            + coordinator.log(),
                    failure);
        }
    }
}
