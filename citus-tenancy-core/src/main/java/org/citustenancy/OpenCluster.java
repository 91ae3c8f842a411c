package org.citustenancy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.citustenancy.internal.concurrent.DaemonThreads;
import org.citustenancy.internal.progress.ProgressReports;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.registry.KnownRegistry;
import org.citustenancy.internal.session.AdminCredentials;
import org.citustenancy.internal.session.CoordinatorAddress;
import org.citustenancy.internal.session.Sessions;
import org.citustenancy.progress.ProgressListener;
import org.citustenancy.users.PasswordListener;
import org.citustenancy.users.Secret;

/** The threads and sessions of a connected cluster, created from the options and closed together. */
final class OpenCluster implements AutoCloseable {

    private static final String VERSION = Optional.ofNullable(
                    CitusCluster.class.getPackage().getImplementationVersion())
            .orElse("development");
    private static final int SECONDS_TO_END = 10;
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.numbered("citus-tenancy-"));
    private final Cluster cluster;

    OpenCluster(
            ClusterOptions options,
            Supplier<Secret> adminPassword,
            PasswordListener passwordListener,
            ProgressListener progressListener) {
        Sessions sessions = new Sessions(
                CoordinatorAddress.of(options.jdbcUrl()),
                new AdminCredentials(options.admin(), options.adminPassword(), adminPassword),
                threads,
                options.parallelism() * 2,
                options.directWorkerConnections());
        this.cluster = new Cluster(
                sessions,
                threads,
                options.requireCitus(),
                options.deadline(),
                VERSION,
                options.parallelism(),
                options.requireCapacity(),
                options.emptyTemplates(),
                options.endSessionsOnRotation(),
                new KnownRegistry(),
                passwordListener,
                new ProgressReports(progressListener, threads, BETWEEN_REPORTS));
    }

    Cluster cluster() {
        return cluster;
    }

    /** Interrupts running operations. */
    @Override
    public void close() {
        threads.shutdownNow();
        cluster.sessions().close();
        try {
            threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
