package org.citustenancy.examples.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.ProjectPoolsBuilder;
import org.citustenancy.hikari.budget.ConnectionBudget;

/**
 * Measures the pools of many projects that share a budget: their start, and how long a project waits for a connection
 * while idle connections of others use up the budget.
 */
final class ManyPoolsRow implements Row {

    private static final int PROJECTS = 1000;
    private static final int FEW = 10;
    private static final int OF_EACH = 2;
    private static final int LOANS = 100;
    private static final double BAR = 1.5;

    @Override
    public List<Figure> measure() throws Exception {
        try (SilentServer server = SilentServer.start()) {
            loans(server, FEW);
            Spread few = loans(server, FEW);
            Spread many = loans(server, PROJECTS);
            return List.of(
                    Figure.withoutBar(
                            "registering " + PROJECTS + " projects",
                            starts(server, PROJECTS),
                            FEW + " of them",
                            starts(server, FEW)),
                    Figure.ratio(
                            "waiting for one of " + OF_EACH * PROJECTS + " connections that " + PROJECTS
                                    + " projects hold idle",
                            many,
                            OF_EACH * FEW + " connections of " + FEW,
                            few,
                            BAR));
        }
    }

    private static Spread starts(SilentServer server, int projects) {
        List<Double> millis = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            Stopwatch watch = Stopwatch.start();
            open(server, projects, ConnectionBudget.of(OF_EACH * projects)).close();
            millis.add(watch.seconds() * 1000);
        }
        return new Spread(millis, "ms");
    }

    private static ProjectPools open(SilentServer server, int projects, ConnectionBudget budget) {
        ProjectPoolsBuilder builder = ProjectPools.builder().budget(budget);
        for (int number = 0; number < projects; number++) {
            builder.project(server.connection("p" + number));
        }
        return builder.open();
    }

    /** Uses up the budget with idle connections, and borrows for projects that have none. */
    private static Spread loans(SilentServer server, int projects) throws SQLException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        try (ProjectPools pools = open(server, projects + LOANS, ConnectionBudget.of(OF_EACH * projects))) {
            for (int number = 0; number < projects; number++) {
                List<Connection> held = new ArrayList<>();
                for (int connection = 0; connection < OF_EACH; connection++) {
                    held.add(borrow(pools, number));
                }
                for (Connection connection : held) {
                    connection.close();
                }
            }
            // A connection that was opened just now is left alone.
            TimeUnit.MILLISECONDS.sleep(200);
            for (int number = projects; number < projects + LOANS; number++) {
                Stopwatch watch = Stopwatch.start();
                borrow(pools, number).close();
                millis.add(watch.seconds() * 1000);
            }
        }
        return new Spread(millis, "ms");
    }

    private static Connection borrow(ProjectPools pools, int number) throws SQLException {
        return pools.dataSource("p" + number, SilentServer.USER).getConnection();
    }
}
