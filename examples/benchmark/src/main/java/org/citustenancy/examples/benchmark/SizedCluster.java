package org.citustenancy.examples.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.ClusterVerification;
import org.citustenancy.statistics.ClusterFigures;

/**
 * The measurements on a cluster with a number of projects.
 *
 * @param projects the number of projects
 * @param newProject one more project
 * @param unchanged all of them at an application's start, without changes
 * @param one the same for a single project
 * @param roundTrips a new session on each node, one after another, with one query each
 * @param statements transactions in the maintenance databases for all of them
 * @param statementsForOne the same for a single project
 * @param verified the verification of all of them
 * @param verifiedByHand the same by sessions of psql, if it is compared
 * @param verifiedByJdbc the same statements by plain JDBC, several sessions at a time
 * @param figuresRead the figures of all of them
 * @param figuresByHand the same by sessions of psql, if it is compared
 * @param figuresByJdbc the same statements by plain JDBC, several sessions at a time
 */
record SizedCluster(
        int projects,
        Spread newProject,
        Spread unchanged,
        Spread one,
        Spread roundTrips,
        long statements,
        long statementsForOne,
        Spread verified,
        Spread verifiedByHand,
        Spread verifiedByJdbc,
        Spread figuresRead,
        Spread figuresByHand,
        Spread figuresByJdbc) {

    private static final int ROUNDS = 15;
    private static final int NEW_ROUNDS = 5;
    private static final int SLOW_ROUNDS = 3;
    private static final int START_BAR = 50;
    private static final int FIGURES_BAR = 100;

    /** Work that is timed. */
    private interface Work {

        void run() throws Exception;
    }

    static SizedCluster measure(MeasuredCluster nodes, List<String> names) throws Exception {
        List<String> one = names.subList(0, 1);
        int size = names.size();
        ReadsByHand verification = ReadsByHand.verification(nodes, names);
        ReadsByHand figures = ReadsByHand.figures(nodes, names);
        nodes.startApplication(names);
        return new SizedCluster(
                size,
                timed(NEW_ROUNDS, () -> nodes.request("one_more").create(), () -> nodes.request("one_more")
                        .create()
                        .drop()),
                timed(ROUNDS, () -> nodes.startApplication(names), () -> {}),
                timed(ROUNDS, () -> nodes.startApplication(one), () -> {}),
                timed(ROUNDS, () -> roundTrips(nodes), () -> {}),
                transactions(nodes, () -> nodes.startApplication(names)),
                transactions(nodes, () -> nodes.startApplication(one)),
                timed(rounds(size, START_BAR), () -> require(nodes.cluster().verify()), () -> {}),
                timed(size == START_BAR ? 1 : 0, verification::byPsql, () -> {}),
                timed(size == START_BAR ? 1 : 0, verification::byJdbc, () -> {}),
                timed(
                        rounds(size, FIGURES_BAR),
                        () -> require(nodes.cluster().statistics().figures(), size),
                        () -> {}),
                timed(size == FIGURES_BAR ? 1 : 0, figures::byPsql, () -> {}),
                timed(size == FIGURES_BAR ? 1 : 0, figures::byJdbc, () -> {}));
    }

    /** Work that takes seconds is measured once if only its growth is of interest. */
    private static int rounds(int size, int bar) {
        return size == bar ? SLOW_ROUNDS : 1;
    }

    private static Spread timed(int rounds, Work work, Work after) throws Exception {
        List<Double> seconds = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Stopwatch watch = Stopwatch.start();
            work.run();
            seconds.add(watch.seconds());
            after.run();
        }
        return new Spread(seconds, "s");
    }

    private static void roundTrips(MeasuredCluster nodes) throws SQLException {
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            try (Connection session = nodes.open(node, "postgres")) {
                session.createStatement().execute("select 1");
            }
        }
    }

    /** Sessions are counted after their end. */
    private static long transactions(MeasuredCluster nodes, Work work) throws Exception {
        long before = Committed.onAll(nodes, "postgres");
        work.run();
        return Committed.onAll(nodes, "postgres") - before;
    }

    private static void require(ClusterVerification verification) {
        boolean clean = verification.failures().isEmpty()
                && verification.projects().stream()
                        .flatMap(project -> project.findings().stream())
                        // The servers are started with it, so that the measurement excludes authentication.
                        .allMatch(finding -> finding.what().contains("`trust` authentication"));
        if (!clean) {
            throw new IllegalStateException("Not all is well: " + verification);
        }
    }

    private static void require(ClusterFigures figures, int projects) {
        if (figures.projects().size() != projects || !figures.unanswered().isEmpty()) {
            throw new IllegalStateException("Not all figures were read");
        }
    }

    /** Returns the lines of the table. */
    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        if (projects == START_BAR) {
            figures.add(Figure.ratio(
                    projects + " unchanged projects at start", unchanged.in("ms"), "one of them", one.in("ms"), 4));
            figures.add(new Figure(
                    "statements for them, connecting included",
                    String.valueOf(statements),
                    "one of them " + statementsForOne,
                    OptionalDouble.of((double) statements / statementsForOne),
                    "the same",
                    Optional.of(statements <= statementsForOne)));
            figures.add(Figure.ratio(
                    "one unchanged project at start",
                    one.in("ms"),
                    "a session on each node that asks one thing",
                    roundTrips.in("ms"),
                    5));
            figures.add(Figure.ratio(
                    "verify() of " + projects + " projects", verified, "psql on each node", verifiedByHand, 0.2));
            figures.add(Figure.withoutBar(
                    "the same statements as psql, by JDBC, four sessions at a time",
                    verifiedByJdbc,
                    "psql on each node",
                    verifiedByHand));
        }
        if (projects == FIGURES_BAR) {
            figures.add(Figure.ratio(
                    "figures of " + projects + " projects, tables and shards too",
                    figuresRead,
                    "psql in one database after another",
                    figuresByHand,
                    0.2));
            figures.add(Figure.withoutBar(
                    "the same statements as psql, by JDBC, four sessions at a time",
                    figuresByJdbc,
                    "psql in one database after another",
                    figuresByHand));
        }
        return figures;
    }
}
