package org.citustenancy.embedded;

import java.util.function.Supplier;
import org.opentest4j.TestAbortedException;

/** A cluster that the tests of one class share. Where it is not to be had, each of them is skipped, and says so. */
final class SharedCluster implements AutoCloseable {

    private final Supplier<EmbeddedCluster> start;
    private EmbeddedCluster cluster;
    private TestAbortedException missing;

    SharedCluster(Supplier<EmbeddedCluster> start) {
        this.start = start;
    }

    EmbeddedCluster get() {
        if (missing != null) {
            throw new TestAbortedException(missing.getMessage(), missing);
        }
        if (cluster == null) {
            try {
                cluster = start.get();
            } catch (TestAbortedException aborted) {
                missing = aborted;
                throw aborted;
            }
        }
        return cluster;
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
