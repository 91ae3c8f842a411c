package org.citustenancy.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Skips tests that need Citus where there is none. The beginning of the message is what a build can look for. */
public final class CitusAssumption {

    private static final Logger LOG = LoggerFactory.getLogger(CitusAssumption.class);

    private CitusAssumption() {}

    /**
     * Starts a cluster that has Citus, and takes from PUBLIC what {@link #closeToPublic} says.
     *
     * @throws TestAbortedException if there is no Citus on this machine
     */
    public static EmbeddedCluster startWithCitus(EmbeddedClusterBuilder builder) {
        EmbeddedCluster cluster = builder.start();
        if (!cluster.hasCitus()) {
            cluster.close();
            throw skip(cluster.whyNoCitus().orElse(""));
        }
        closeToPublic(cluster);
        return cluster;
    }

    /** What is done to every cluster that the library forms: users of projects connect to none of its own databases. */
    public static void closeToPublic(EmbeddedCluster cluster) {
        for (EmbeddedNode node : cluster.nodes()) {
            try (Connection session = DriverManager.getConnection(
                            node.jdbcUrl("postgres"), cluster.adminUser(), cluster.adminPassword());
                    Statement statement = session.createStatement()) {
                // Otherwise Citus refuses it on workers.
                statement.execute("set citus.enable_ddl_propagation = off");
                statement.execute("revoke all on database postgres from public");
                statement.execute("revoke all on database template1 from public");
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    /**
     * Skips the test where there is no Citus, before anything is started: for settings that a server without Citus would not
     * start with.
     *
     * @throws TestAbortedException if there is no Citus on this machine
     */
    public static void requireCitus() throws InterruptedException {
        BackendChoice choice =
                BackendChoice.of(EmbeddedClusterBuilder.backendsFromOutside(), EmbeddedCluster.DEFAULT_IMAGE);
        if (choice.whyNoCitus().isPresent()) {
            throw skip(choice.whyNoCitus().get());
        }
    }

    /**
     * Starts a cluster of the local installation that has Citus.
     *
     * @throws TestAbortedException if there is no such installation
     */
    static EmbeddedCluster startLocal(EmbeddedClusterBuilder builder) {
        try {
            return builder.backend(Backend.LOCAL).start();
        } catch (NoBackendException missing) {
            throw skip(missing.getMessage());
        }
    }

    /** Skips the test unless there is a local installation that has Citus. */
    static void requireLocal() throws InterruptedException {
        try {
            BackendChoice.of(List.of(Backend.LOCAL), "no-image");
        } catch (NoBackendException missing) {
            throw skip(missing.getMessage());
        }
    }

    private static TestAbortedException skip(String reason) {
        String message = "Citus is not available: " + reason;
        // Shown in the output of a build, not only in its reports.
        LOG.warn(message);
        return new TestAbortedException(message);
    }
}
