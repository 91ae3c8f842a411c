package org.citustenancy.embedded;

import org.junit.jupiter.api.Assumptions;
import org.opentest4j.TestAbortedException;

/** Skips tests that need Citus where there is none. The beginning of the message is what a build can look for. */
public final class CitusAssumption {

    private static final String MESSAGE = "Citus is not available: ";

    private CitusAssumption() {}

    /**
     * Starts a cluster that has Citus.
     *
     * @throws TestAbortedException if there is no Citus on this machine
     */
    public static EmbeddedCluster startWithCitus(EmbeddedClusterBuilder builder) {
        EmbeddedCluster cluster = builder.start();
        if (!cluster.hasCitus()) {
            cluster.close();
        }
        Assumptions.assumeTrue(
                cluster.hasCitus(), () -> MESSAGE + cluster.whyNoCitus().orElse(""));
        return cluster;
    }

    /**
     * Starts a local cluster that has Citus.
     *
     * @throws TestAbortedException if there is no Citus installed on this machine
     */
    static EmbeddedCluster startLocal(EmbeddedClusterBuilder builder) {
        try {
            return builder.backend(Backend.LOCAL).start();
        } catch (NoBackendException missing) {
            throw new TestAbortedException(MESSAGE + missing.getMessage(), missing);
        }
    }
}
