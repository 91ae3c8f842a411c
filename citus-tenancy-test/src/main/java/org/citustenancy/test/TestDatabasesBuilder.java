package org.citustenancy.test;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.citustenancy.ClusterOptions;
import org.citustenancy.ProjectRequest;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.test.internal.pool.Supply;

/** A source of test databases in the making. Immutable; each method gives a changed copy. */
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
     * What the databases' names begin with; {@code test} unless it is set.
     *
     * @param beginning a small letter and at most 29 of those, digits and underscores
     * @return a changed copy
     */
    public TestDatabasesBuilder named(String beginning) {
        return new TestDatabasesBuilder(cluster, beginning, preparation, project, supply, connections, keepTemplate);
    }

    /**
     * What every database begins with; nothing unless it is set.
     *
     * @param first runs once for all of them
     * @return a changed copy
     */
    public TestDatabasesBuilder preparedBy(Preparation first) {
        return new TestDatabasesBuilder(cluster, name, first, project, supply, connections, keepTemplate);
    }

    /**
     * What else the projects need, such as more users, settings or extensions.
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
     * How many databases are made ahead; 2 by default.
     *
     * @param number the number; with 0, each is made when a test requests it
     * @return a changed copy
     */
    public TestDatabasesBuilder ahead(int number) {
        return with(new Supply(number, supply.atMost(), supply.makers(), supply.pause(), supply.acquisitionTimeout()));
    }

    /**
     * How many databases there are at a time, waiting, handed out and about to be dropped; 32 unless it is set.
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
     * How many databases are made at the same time, and how long each maker rests between two for which no test waits, so
     * that the tests have the processors; two without a rest unless it is set.
     *
     * @param makers how many at the same time
     * @param pause how long between two
     * @return a changed copy
     */
    public TestDatabasesBuilder making(int makers, Duration pause) {
        return with(new Supply(supply.ahead(), supply.atMost(), makers, pause, supply.acquisitionTimeout()));
    }

    /**
     * How long a test waits for a database, when there are as many as there may be; a minute unless it is set.
     *
     * @param time how long
     * @return a changed copy
     */
    public TestDatabasesBuilder acquisitionTimeout(Duration time) {
        return with(new Supply(supply.ahead(), supply.atMost(), supply.makers(), supply.pause(), time));
    }

    /**
     * How many connections all databases' pools have together; 40 unless it is set.
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
     * Leaves the prepared database on the cluster for the next run, which then need not prepare it. Otherwise the last who
     * uses it drops it.
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
     * Connects, drops what dead processes have left, prepares what is not prepared, and begins to make databases ahead.
     *
     * @return the source, to be closed
     * @throws PreparationException if the preparation fails; nothing is left of it then
     * @throws org.citustenancy.errors.CitusTenancyException if the cluster cannot be worked with
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
