package org.citustenancy.test.junit;

import java.util.Locale;
import java.util.Optional;
import org.citustenancy.ClusterOptions;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.users.Secret;

/**
 * The cluster of this JVM: the configured one, or one that is started.
 *
 * @param options the options of the cluster
 * @param started the cluster that must be stopped
 */
record TestedCluster(ClusterOptions options, Optional<EmbeddedCluster> started) implements AutoCloseable {

    private static final String MAINTENANCE = "postgres";
    private static final String PROPERTY = "citustenancy.test.";
    private static final String VARIABLE = "CITUS_TENANCY_TEST_";

    /** Each test database requires a background process on every node. */
    private static final String PROCESSES = "200";

    static TestedCluster find() {
        Optional<String> url = given("url");
        return url.isPresent() ? named(url.get()) : start();
    }

    private static TestedCluster named(String url) {
        return new TestedCluster(
                ClusterOptions.of(
                                url,
                                given("admin").orElse("postgres"),
                                Secret.of(given("password").orElse("")))
                        .requireCitus(false),
                Optional.empty());
    }

    private static TestedCluster start() {
        EmbeddedCluster cluster = EmbeddedCluster.builder()
                .setting("max_worker_processes", PROCESSES)
                .start();
        return new TestedCluster(
                ClusterOptions.of(cluster.jdbcUrl(MAINTENANCE), cluster.adminUser(), Secret.of(cluster.adminPassword()))
                        .requireCitus(cluster.hasCitus()),
                Optional.of(cluster));
    }

    private static Optional<String> given(String what) {
        return Optional.ofNullable(System.getProperty(PROPERTY + what))
                .or(() -> Optional.ofNullable(System.getenv(VARIABLE + what.toUpperCase(Locale.ROOT))))
                .filter(value -> !value.isEmpty());
    }

    @Override
    public void close() {
        started.ifPresent(EmbeddedCluster::close);
    }
}
