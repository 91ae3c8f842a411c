package org.citustenancy.examples.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.FailoverMonitor;
import org.citustenancy.Project;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.users.Secret;

/**
 * Measures how long projects in use wait after a standby was promoted: for a worker, and for the coordinator. The
 * alternative is the bare function call of Citus in each database, several at a time, under the same clients. {@code
 * -Dcitustenancy.benchmark.failover=10} selects the number of projects, {@code
 * -Dcitustenancy.benchmark.failover-unused=290} adds unused ones.
 */
final class FailoverRow implements Row {

    private static final String HERE = "127.0.0.1";
    private static final int PROJECTS = Integer.getInteger("citustenancy.benchmark.failover", 50);
    private static final int UNUSED = Integer.getInteger("citustenancy.benchmark.failover-unused", 0);
    private static final int ROUNDS = 5;
    private static final double BAR = 2;
    private static final double BAR_FOR_ALL = 3;

    /**
     * The time that a failover manager needs to notice a failure, in which the clients fail and connect again. Patroni
     * needs its {@code ttl}, which is 20 seconds or more; a monitor with the standard interval has noticed it by then.
     */
    private static final long SECONDS_TO_PROMOTION = 7;

    /** The part of the bar that does not depend on the number of projects, in seconds. */
    private static final double DETECTION = 1;

    @Override
    public List<Figure> measure() throws Exception {
        try (MeasuredCluster nodes = MeasuredCluster.start(
                builder -> builder.workers(2).ownSystemIdentifiers().setting("wal_keep_size", "1GB"))) {
            if (nodes.whyNot().isPresent()) {
                return List.of(Figure.notMeasured("failover", nodes.whyNot().get()));
            }
            List<Project> used = nodes.projects("failover", PROJECTS);
            for (Project project : used) {
                try (Connection session = nodes.open(nodes.embedded().coordinator(), project.name())) {
                    session.createStatement().execute("insert into facts select i, 'x' from generate_series(1, 100) i");
                }
            }
            List<String> databases =
                    new ArrayList<>(used.stream().map(Project::name).toList());
            databases.addAll(
                    nodes.projects("unused", UNUSED).stream().map(Project::name).toList());
            databases.add("postgres");
            Failovers failovers = new Failovers(nodes.embedded(), used, databases);
            List<Figure> figures = new ArrayList<>(failovers.ofWorker());
            figures.add(failovers.ofCoordinator());
            return figures;
        }
    }

    /** The failovers of one cluster, each of which begins where the one before ended. */
    private static final class Failovers {

        private final EmbeddedCluster embedded;
        private final List<Project> used;
        private final List<String> databases;
        private EmbeddedNode coordinator;
        private EmbeddedNode worker;
        private Optional<EmbeddedNode> dead = Optional.empty();

        Failovers(EmbeddedCluster embedded, List<Project> used, List<String> databases) {
            this.embedded = embedded;
            this.used = used;
            this.databases = databases;
            this.coordinator = embedded.coordinator();
            this.worker = embedded.workers().get(0);
        }

        List<Figure> ofWorker() throws Exception {
            List<Double> ours = new ArrayList<>();
            List<Double> all = new ArrayList<>();
            List<Double> hung = new ArrayList<>();
            List<Double> bare = new ArrayList<>();
            try (ProjectWriters writers = new ProjectWriters(address(coordinator), used)) {
                for (int round = 0; round < ROUNDS; round++) {
                    try (CitusCluster cluster = connect(address(coordinator));
                            FailoverMonitor monitor = follow(cluster)) {
                        monitor.checkNow();
                        long promoted = failOverWorker(writers, EmbeddedNode::kill);
                        writers.awaitWritesSince(System.nanoTime());
                        ours.add((System.nanoTime() - promoted) / 1e9);
                        awaitRelocated();
                        all.add((System.nanoTime() - promoted) / 1e9);
                    }
                    hung.add(afterHang(writers));
                    EmbeddedNode former = worker;
                    failOverWorker(writers, EmbeddedNode::kill);
                    Stopwatch watch = Stopwatch.start();
                    inEachDatabase(
                            "select citus_update_node(nodeid, ?, ?) from pg_dist_node where nodeport = ?",
                            HERE,
                            worker.port(),
                            former.port());
                    bare.add(watch.seconds());
                    writers.awaitWritesSince(System.nanoTime());
                }
            }
            String other = "citus_update_node in " + databases.size() + " databases, four at a time";
            List<Figure> figures = new ArrayList<>();
            figures.add(figure(PROJECTS + " projects write after a failover of a worker", ours, other, bare, BAR));
            figures.add(
                    figure(PROJECTS + " projects write after a worker that hung was fenced", hung, other, bare, BAR));
            if (UNUSED > 0) {
                figures.add(figure(
                        (PROJECTS + UNUSED) + " projects follow a failover of a worker",
                        all,
                        other,
                        bare,
                        BAR_FOR_ALL));
            }
            return figures;
        }

        private void awaitRelocated() throws SQLException, InterruptedException {
            for (String database : databases) {
                try (Connection session = open(database);
                        PreparedStatement query =
                                session.prepareStatement("select 1 from pg_dist_node where nodeport = ?")) {
                    query.setInt(1, worker.port());
                    while (!query.executeQuery().next()) {
                        TimeUnit.MILLISECONDS.sleep(10);
                    }
                }
            }
        }

        /** Fails over a worker that hangs, which the monitor fences. Returns how long the clients waited, in seconds. */
        private double afterHang(ProjectWriters writers) throws Exception {
            try (CitusCluster cluster = connect(address(coordinator));
                    FailoverMonitor monitor = cluster.followFailovers(options -> options.with(this::servers)
                            .probeWithin(Duration.ofSeconds(1))
                            .fence(this::kill))) {
                monitor.checkNow();
                long promoted = failOverWorker(writers, EmbeddedNode::pause);
                writers.awaitWritesSince(System.nanoTime());
                double waited = (System.nanoTime() - promoted) / 1e9;
                awaitRelocated();
                return waited;
            }
        }

        private void kill(Node node) {
            embedded.nodes().stream()
                    .filter(server -> server.port() == node.port())
                    .forEach(EmbeddedNode::kill);
        }

        private List<Node> servers() {
            return embedded.nodes().stream()
                    .map(node -> new Node(NodeRole.WORKER, HERE, node.port()))
                    .toList();
        }

        /** Fails over the worker. Returns the time just after the promotion, in nanoseconds. */
        private long failOverWorker(ProjectWriters writers, Consumer<EmbeddedNode> failure) throws Exception {
            EmbeddedNode former = worker;
            EmbeddedNode standby = standbyOf(former);
            writers.awaitWritesSince(System.nanoTime());
            failure.accept(former);
            TimeUnit.SECONDS.sleep(SECONDS_TO_PROMOTION);
            standby.promote();
            worker = standby;
            dead = Optional.of(former);
            return System.nanoTime();
        }

        /** Adds a standby, in the place of the copy that the failover before has left. */
        private EmbeddedNode standbyOf(EmbeddedNode primary) {
            dead.ifPresent(EmbeddedNode::wipe);
            dead = Optional.empty();
            return embedded.addStandby(primary);
        }

        Figure ofCoordinator() throws Exception {
            List<Double> ours = new ArrayList<>();
            List<Double> bare = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                EmbeddedNode standby = standbyOf(coordinator);
                String hosts = address(coordinator) + "," + address(standby);
                try (ProjectWriters writers = new ProjectWriters(hosts, used);
                        CitusCluster cluster = connect(hosts);
                        FailoverMonitor monitor = follow(cluster)) {
                    monitor.checkNow();
                    promoteCoordinator(writers, standby);
                    long promoted = System.nanoTime();
                    // At the same time, as the applications of a cluster do.
                    CompletableFuture<Double> written = CompletableFuture.supplyAsync(() -> writers.written(promoted));
                    double created = created(cluster, "created" + round, promoted);
                    ours.add(Math.max(created, written.get()));
                }
                EmbeddedNode next = standbyOf(coordinator);
                try (ProjectWriters writers = new ProjectWriters(address(coordinator) + "," + address(next), used)) {
                    promoteCoordinator(writers, next);
                    Stopwatch watch = Stopwatch.start();
                    inEachDatabase("select citus_set_coordinator_host(?, ?)", HERE, coordinator.port());
                    bare.add(watch.seconds());
                    writers.awaitWritesSince(System.nanoTime());
                }
            }
            return figure(
                    PROJECTS + " projects write after a failover of the coordinator, and one more was created",
                    ours,
                    "citus_set_coordinator_host in " + databases.size() + " databases, four at a time",
                    bare,
                    BAR);
        }

        private void promoteCoordinator(ProjectWriters writers, EmbeddedNode standby) throws Exception {
            writers.awaitWritesSince(System.nanoTime());
            coordinator.kill();
            TimeUnit.SECONDS.sleep(SECONDS_TO_PROMOTION);
            standby.promote();
            dead = Optional.of(coordinator);
            coordinator = standby;
        }

        /** Creates a project as soon as that is possible. Returns when the successful attempt began, in seconds. */
        private static double created(CitusCluster cluster, String name, long promoted) throws InterruptedException {
            while (true) {
                double begun = (System.nanoTime() - promoted) / 1e9;
                try {
                    cluster.project(name).withUser(name + "_user").create();
                    return begun;
                } catch (RuntimeException notYet) {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            }
        }

        private static Figure figure(String what, List<Double> ours, String other, List<Double> bare, double bar) {
            Spread others = new Spread(bare, "s");
            double withDetection = bar + DETECTION / others.median();
            return Figure.ratio(what, new Spread(ours, "s"), other, others, withDetection);
        }

        private FailoverMonitor follow(CitusCluster cluster) {
            return cluster.followFailovers(options -> options.with(this::servers));
        }

        private CitusCluster connect(String hosts) {
            return CitusCluster.connect(ClusterOptions.of(
                            "jdbc:postgresql://" + hosts + "/postgres?targetServerType=primary",
                            embedded.adminUser(),
                            Secret.of(embedded.adminPassword()))
                    .deadline(Duration.ofMinutes(2)));
        }

        private static String address(EmbeddedNode node) {
            return String.format(Locale.ROOT, "%s:%d", HERE, node.port());
        }

        private Connection open(String database) throws SQLException {
            return DriverManager.getConnection(
                    coordinator.jdbcUrl(database), embedded.adminUser(), embedded.adminPassword());
        }

        private void inEachDatabase(String sql, Object... values) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Callable<Boolean>> calls = databases.stream()
                        .map(database -> (Callable<Boolean>) () -> {
                            try (Connection session = open(database);
                                    PreparedStatement call = session.prepareStatement(sql)) {
                                for (int index = 0; index < values.length; index++) {
                                    call.setObject(index + 1, values[index]);
                                }
                                return call.execute();
                            }
                        })
                        .toList();
                for (Future<Boolean> call : threads.invokeAll(calls)) {
                    call.get();
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }
}
