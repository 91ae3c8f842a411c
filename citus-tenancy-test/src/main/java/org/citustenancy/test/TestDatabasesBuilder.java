package org.citustenancy.test;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.citustenancy.ClusterOptions;
import org.citustenancy.ProjectRequest;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.test.internal.pool.Supply;

/** Builds a source of test databases. Immutable; each method returns a changed copy. */
public final class TestDatabasesBuilder {

    private static final int CONNECTIONS = 40;
    private static final int CONNECTIONS_OF_ONE = 5;

    private final ClusterOptions cluster;
    private final String name;
    private final Preparation preparation;
    private final UnaryOperator<ProjectRequest> project;
    private final Supply supply;
    private final int connections;
    private final boolean keepTemplate;

    TestDatabasesBuilder(ClusterOptions cluster) {
        this(cluster, "test", Preparation.none(), UnaryOperator.identity(), Supply.STANDARD, CONNECTIONS, false);
    }

    private TestDatabasesBuilder(
            ClusterOptions cluster,
            String name,
            Preparation preparation,
            UnaryOperator<ProjectRequest> project,
            Supply supply,
            int connections,
            boolean keepTemplate) {
        this.cluster = cluster;
        this.name = name;
        this.preparation = preparation;
        this.project = project;
        this.supply = supply;
        this.connections = connections;
        this.keepTemplate = keepTemplate;
    }

    /**
     * Sets the prefix of the databases' names; {@code test} by default.
     *
     * @param beginning a lowercase letter, followed by at most 29 lowercase letters, digits and underscores
     * @return a changed copy
     */
    public TestDatabasesBuilder named(String beginning) {
        return new TestDatabasesBuilder(cluster, beginning, preparation, project, supply, connections, keepTemplate);
    }

    /**
     * Sets the preparation of every database; none by default.
     *
     * @param first runs once for all of them
     * @return a changed copy
     */
    public TestDatabasesBuilder preparedBy(Preparation first) {
        return new TestDatabasesBuilder(cluster, name, first, project, supply, connections, keepTemplate);
    }

    /**
     * Adds further requirements of the projects, such as more users, settings or extensions.
     *
     * <pre>{@code
     * builder.project(request -> request.withReadOnlyUser("test_reader", password).setting("citus.shard_count", "4"))
     * }</pre>
     *
     * <p>Change {@link Preparation#fingerprint()} when this changes.
     *
     * @param change completes the request
     * @return a changed copy
     */
    public TestDatabasesBuilder project(UnaryOperator<ProjectRequest> change) {
        return new TestDatabasesBuilder(cluster, name, preparation, change, supply, connections, keepTemplate);
    }

    /**
     * Sets the number of databases that are created ahead; 2 by default.
     *
     * @param number the number; with 0, each is created when a test requests it
     * @return a changed copy
     */
    public TestDatabasesBuilder ahead(int number) {
        return with(new Supply(number, supply.atMost(), supply.makers(), supply.pause(), supply.acquisitionTimeout()));
    }

    /**
     * Sets the maximum number of databases at a time: ready, taken, and being dropped; 32 by default.
     *
     * @param number the number
     * @return a changed copy
     */
    public TestDatabasesBuilder atMost(int number) {
        return with(new Supply(
                Math.min(supply.ahead(), number),
                number,
                supply.makers(),
                supply.pause(),
                supply.acquisitionTimeout()));
    }

    /**
     * Sets the number of databases that are created at the same time, and the pause of each creator between two
     * databases that no test waits for, which leaves the processors to the tests; two without a pause by default.
     *
     * @param makers the number of databases at the same time
     * @param pause the pause between two
     * @return a changed copy
     */
    public TestDatabasesBuilder making(int makers, Duration pause) {
        return with(new Supply(supply.ahead(), supply.atMost(), makers, pause, supply.acquisitionTimeout()));
    }

    /**
     * Sets how long a test waits for a database when the maximum number is in use; one minute by default.
     *
     * @param time the time-out
     * @return a changed copy
     */
    public TestDatabasesBuilder acquisitionTimeout(Duration time) {
        return with(new Supply(supply.ahead(), supply.atMost(), supply.makers(), supply.pause(), time));
    }

    /**
     * Sets the number of connections that all databases' pools have together; 40 by default.
     *
     * @param number the number
     * @return a changed copy
     */
    public TestDatabasesBuilder connections(int number) {
        if (number < 1) {
            throw TestDatabases.refused("With " + number + " connections no test can connect", "give 1 or more");
        }
        return new TestDatabasesBuilder(cluster, name, preparation, project, supply, number, keepTemplate);
    }

    /**
     * Keeps the template on the cluster for the next run, which then skips the preparation. By default the last process
     * that uses it drops it.
     *
     * @return a changed copy
     */
    public TestDatabasesBuilder keepingTemplate() {
        return new TestDatabasesBuilder(cluster, name, preparation, project, supply, connections, true);
    }

    private TestDatabasesBuilder with(Supply changed) {
        return new TestDatabasesBuilder(cluster, name, preparation, project, changed, connections, keepTemplate);
    }

    /**
     * Connects, drops the databases of dead processes, runs the preparation if necessary, and starts to create
     * databases ahead.
     *
     * @return the source, which you must close
     * @throws PreparationException if the preparation fails; its objects are removed
     * @throws org.citustenancy.errors.CitusTenancyException if the cluster is not usable
     */
    public TestDatabases open() {
        return TestDatabases.open(this);
    }

    ClusterOptions cluster() {
        return cluster;
    }

    String name() {
        return name;
    }

    Preparation preparation() {
        return preparation;
    }

    UnaryOperator<ProjectRequest> project() {
        return project;
    }

    Supply supply() {
        return supply;
    }

    int connections() {
        return connections;
    }

    PoolSettings settings() {
        return PoolSettings.guide()
                .with()
                .min(0)
                .max(Math.min(CONNECTIONS_OF_ONE, connections))
                .build();
    }

    boolean keepTemplate() {
        return keepTemplate;
    }
}
