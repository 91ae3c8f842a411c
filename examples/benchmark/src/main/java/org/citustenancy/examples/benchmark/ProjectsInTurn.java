package org.citustenancy.examples.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.citustenancy.embedded.EmbeddedNode;

/** Uses a few of many projects at a time, and watches how long each is in use without its maintenance daemon. */
final class ProjectsInTurn {

    /** The shortest and the longest use of a project, in seconds. */
    private static final int SHORTEST = 10;

    private static final int LONGEST = 60;

    private static final int BAR_SECONDS = 15;

    /** The databases in which a client has a session, and whether a daemon runs there. */
    private static final String IN_USE = """
            select datname, bool_or(backend_type like 'Citus Maintenance%') from pg_stat_activity
            where datname is not null group by datname having bool_or(usename = datname || '_user')""";

    private final MeasuredCluster nodes;
    private final List<String> names;
    private final int atOnce;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Creates a use of some of the projects at a time. */
    ProjectsInTurn(MeasuredCluster nodes, List<String> names, int atOnce) {
        this.nodes = nodes;
        this.names = names;
        this.atOnce = atOnce;
    }

    /**
     * Uses the projects for a time.
     *
     * @return the longest use without a daemon
     * @throws Exception if a statement fails
     */
    Figure use(Duration time) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Future<Double> longest = threads.submit(this::watch);
            long end = System.nanoTime() + time.toNanos();
            List<Future<Integer>> applications = new ArrayList<>();
            for (int index = 0; index < atOnce; index++) {
                applications.add(threads.submit(() -> useUntil(end)));
            }
            int statements = 0;
            for (Future<Integer> application : applications) {
                statements += application.get();
            }
            ended.set(true);
            return Figure.atMost(
                    "longest use without a maintenance daemon: " + atOnce + " of " + names.size()
                            + " projects in use for " + time.toSeconds() + " s, " + next.get() + " uses with "
                            + statements + " statements",
                    Math.round(longest.get()),
                    "s",
                    BAR_SECONDS);
        } finally {
            ended.set(true);
            threads.shutdown();
        }
    }

    private int useUntil(long end) throws SQLException, InterruptedException {
        int statements = 0;
        while (System.nanoTime() < end) {
            int number = next.getAndIncrement();
            statements += useOne(names.get(number % names.size()), SHORTEST + number % (LONGEST - SHORTEST + 1));
        }
        return statements;
    }

    private int useOne(String name, int seconds) throws SQLException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int statements = 0;
        try (Connection session =
                        DriverManager.getConnection(nodes.embedded().jdbcUrl(name), MeasuredCluster.user(name), "");
                PreparedStatement insert =
                        session.prepareStatement("insert into facts values (?, 'x') on conflict do nothing");
                PreparedStatement count = session.prepareStatement("select count(*) from facts")) {
            while (System.nanoTime() < end) {
                insert.setInt(1, statements);
                insert.execute();
                count.execute();
                statements += 2;
                TimeUnit.MILLISECONDS.sleep(250);
            }
        }
        return statements;
    }

    /** Returns the longest time in seconds for which a project was in use on a node without a daemon there. */
    private double watch() throws SQLException, InterruptedException {
        List<Connection> sessions = new ArrayList<>();
        try {
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                sessions.add(nodes.open(node, "postgres"));
            }
            Map<String, Long> since = new HashMap<>();
            double longest = 0;
            while (!ended.get()) {
                long now = System.nanoTime();
                Set<String> without = new HashSet<>();
                for (int node = 0; node < sessions.size(); node++) {
                    without.addAll(withoutDaemon(sessions.get(node), node));
                }
                since.keySet().retainAll(without);
                for (String use : without) {
                    longest = Math.max(longest, (now - since.computeIfAbsent(use, first -> now)) / 1e9);
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
            return longest;
        } finally {
            for (Connection session : sessions) {
                session.close();
            }
        }
    }

    private static List<String> withoutDaemon(Connection session, int node) throws SQLException {
        List<String> without = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(IN_USE)) {
            while (rows.next()) {
                if (!rows.getBoolean(2)) {
                    without.add(rows.getString(1) + " " + node);
                }
            }
        }
        return without;
    }
}
