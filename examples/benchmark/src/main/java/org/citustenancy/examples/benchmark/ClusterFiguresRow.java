package org.citustenancy.examples.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.citustenancy.Project;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.statistics.ClusterFigures;

/**
 * What all projects use: the figures of the library, and a session for each database on each node. With {@code
 * -Dcitustenancy.benchmark.projects=100} for more of them.
 */
final class ClusterFiguresRow implements Row {

    private static final int PROJECTS = Integer.getInteger("citustenancy.benchmark.projects", 20);
    private static final String WHAT = "figures of " + PROJECTS + " projects";
    private static final int ROUNDS = Math.max(3, 300 / PROJECTS);

    /** Two of the many figures. */
    private static final String BY_HAND = "select pg_database_size(current_database()), "
            + "(select count(*) from pg_stat_activity where datname = current_database())";

    @Override
    public List<Figure> measure() throws Exception {
        try (MeasuredCluster nodes = MeasuredCluster.start(2)) {
            if (nodes.whyNot().isPresent()) {
                return List.of(Figure.notMeasured(WHAT, nodes.whyNot().get()));
            }
            List<Project> projects = nodes.projects("figures", PROJECTS);
            List<Double> overview = new ArrayList<>();
            List<Double> whole = new ArrayList<>();
            List<Double> byHand = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                Stopwatch watch = Stopwatch.start();
                require(nodes.cluster().statistics().overview());
                overview.add(watch.seconds());
                watch = Stopwatch.start();
                require(nodes.cluster().statistics().figures());
                whole.add(watch.seconds());
                watch = Stopwatch.start();
                askEach(nodes, projects);
                byHand.add(watch.seconds());
            }
            Spread sessions = new Spread(byHand, "s");
            return List.of(
                    Figure.withoutBar(
                            "sizes, sessions and counters of " + PROJECTS + " projects",
                            new Spread(overview, "s"),
                            "a session per database and node",
                            sessions),
                    Figure.withoutBar(
                            WHAT + ", their tables and shards too",
                            new Spread(whole, "s"),
                            "a session per database and node",
                            sessions));
        }
    }

    private static void require(ClusterFigures figures) {
        if (figures.projects().size() != PROJECTS || !figures.unanswered().isEmpty()) {
            throw new IllegalStateException("Not all figures were read");
        }
    }

    private static void askEach(MeasuredCluster nodes, List<Project> projects) throws SQLException {
        for (Project project : projects) {
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                try (Connection session = nodes.open(node, project.name());
                        Statement statement = session.createStatement();
                        ResultSet row = statement.executeQuery(BY_HAND)) {
                    row.next();
                }
            }
        }
    }
}
