package org.citustenancy.test;

import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.Project;
import org.citustenancy.ProjectRequest;
import org.citustenancy.ProjectTemplate;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.test.internal.fingerprint.Digests;
import org.citustenancy.test.internal.lease.Lease;
import org.citustenancy.test.internal.lease.Leftovers;
import org.citustenancy.test.internal.names.DatabaseNames;
import org.citustenancy.test.internal.pool.Copies;
import org.citustenancy.users.Secret;

/**
 * A source of isolated databases for tests. Each is a distributed copy of a template database that is prepared once.
 *
 * <pre>{@code
 * try (TestDatabases databases = TestDatabases.on(ClusterOptions.of(url, "postgres", password))
 *                 .named("orders")
 *                 .preparedBy(Preparation.sqlFiles(Path.of("schema.sql")))
 *                 .open();
 *         TestDatabase database = databases.take()) {
 *     new OrderService(database.dataSource()).cancel(1);
 * }
 * }</pre>
 *
 * <p>The preparation runs once for all processes on the cluster. If a process dies before it drops its databases, the
 * next process that uses the same name drops them. On plain PostgreSQL the source works without distribution. Safe for
 * use by several threads.
 */
public final class TestDatabases implements AutoCloseable {

    private static final Duration GRACE = Duration.ofMillis(500);

    private final CitusCluster cluster;
    private final DatabaseNames names;
    private final Lease lease;
    private final ProjectTemplate template;
    private final boolean keepTemplate;
    private final ProjectPools pools;
    private final Copies copies;

    private TestDatabases(
            CitusCluster cluster,
            DatabaseNames names,
            Lease lease,
            ProjectTemplate template,
            TestDatabasesBuilder options) {
        this.cluster = cluster;
        this.names = names;
        this.lease = lease;
        this.template = template;
        this.keepTemplate = options.keepTemplate();
        this.pools = ProjectPools.builder()
                .budget(ConnectionBudget.of(options.connections()))
                .settings(options.settings())
                .closingGrace(GRACE)
                .open();
        this.copies = new Copies(new TemplateShop(cluster, template, names, pools), options.supply());
    }

    /**
     * Returns a builder of a source on a cluster.
     *
     * @param options the options of the cluster; {@code requireCitus(false)} accepts plain PostgreSQL too
     * @return a builder, which does nothing before {@link TestDatabasesBuilder#open()}
     */
    public static TestDatabasesBuilder on(ClusterOptions options) {
        return new TestDatabasesBuilder(options);
    }

    static TestDatabases open(TestDatabasesBuilder options) {
        String process = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        DatabaseNames names = new DatabaseNames(
                options.name(), Digests.of(options.preparation().fingerprint()), process);
        CitusCluster cluster = CitusCluster.connect(options.cluster());
        try {
            Lease lease = Lease.of(options.cluster(), process);
            try {
                new Leftovers(cluster, names, lease).sweep();
                return lease.using(
                        names.template(),
                        () -> new TestDatabases(cluster, names, lease, template(cluster, names, options), options));
            } catch (RuntimeException failure) {
                lease.close();
                throw failure;
            }
        } catch (RuntimeException failure) {
            cluster.close();
            throw failure;
        }
    }

    private static ProjectTemplate template(CitusCluster cluster, DatabaseNames names, TestDatabasesBuilder options) {
        Secret password = Digests.password(options.cluster().adminPassword(), names.owner());
        ProjectRequest request =
                options.project().apply(cluster.project(names.template()).withUser(names.owner(), password));
        return cluster.template(
                request,
                options.preparation().fingerprint(),
                project -> prepare(project, names.owner(), options.preparation()));
    }

    private static void prepare(Project project, String owner, Preparation preparation) {
        try (ProjectPools pools =
                ProjectPools.builder().project(project.connection(owner)).open()) {
            preparation.prepare(project, pools.dataSource(project.name(), owner));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failed(interrupted);
        } catch (Exception failure) {
            throw failed(failure);
        }
    }

    private static PreparationException failed(Exception cause) {
        return new PreparationException(
                Failure.of("The preparation of test databases failed: " + cause)
                        .state("nothing is left of it")
                        .fix("fix the preparation"),
                cause);
    }

    /**
     * Returns a database for this caller alone: one that was created ahead, or a new one.
     *
     * @return a database, which you must close
     * @throws org.citustenancy.errors.DeadlineExceededException if the maximum number of databases is in use for too
     * long
     * @throws org.citustenancy.errors.CapacityException if the cluster lacks the capacity for another
     * @throws org.citustenancy.errors.OperationInterruptedException if the thread is interrupted meanwhile
     */
    public TestDatabase take() {
        return new TestDatabase(copies, copies.take(), pools, names.owner());
    }

    /**
     * Returns the number of databases that are ready to be taken.
     *
     * @return the number, at most the number that is created ahead
     */
    public int ready() {
        return copies.ready();
    }

    /**
     * Returns the name of the template database.
     *
     * @return its name
     */
    public String template() {
        return template.name();
    }

    /** Drops the remaining databases on the cluster, and the template unless another process uses it or it is kept. */
    @Override
    public void close() {
        try {
            copies.close();
            pools.close();
            lease.leave(names.template());
            if (!keepTemplate) {
                lease.ifUnused(names.template(), template::drop);
            }
        } finally {
            lease.close();
            cluster.close();
        }
    }

    static InvalidRequestException refused(String what, String action) {
        return new InvalidRequestException(
                Failure.of(what).state("nothing was touched").fix(action));
    }
}
