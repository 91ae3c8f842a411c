package org.citustenancy.examples.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.Step;
import org.citustenancy.plan.StepOutcome;

/**
 * Sends the statements that the library has sent, each to its node, one after another, by plain JDBC, as you would
 * write them by hand with full knowledge of the steps. It reads nothing before and checks nothing afterwards. A session
 * stays open as long as statements go to its project.
 */
final class OneByOne implements AutoCloseable {

    private static final List<String> SETTINGS = List.of(
            "set citus.enable_ddl_propagation = off",
            "set citus.enable_create_role_propagation = off",
            "set citus.enable_alter_role_propagation = off",
            "set search_path = pg_catalog");

    private final MeasuredCluster nodes;
    private final StatementTimes times;
    private final Map<String, Connection> sessions = new LinkedHashMap<>();
    private String project = "";

    OneByOne(MeasuredCluster nodes) {
        this(nodes, new StatementTimes());
    }

    /** Creates a sender that records the time of each kind of statement. */
    OneByOne(MeasuredCluster nodes, StatementTimes times) {
        this.nodes = nodes;
        this.times = times;
    }

    /**
     * Returns the steps that concern a project. The first project of a cluster also secures the cluster; no later project
     * repeats these steps.
     *
     * @param project its name, which is in the statements or the database of its steps
     */
    static List<StepOutcome> ofProject(List<StepOutcome> outcomes, String project) {
        return outcomes.stream()
                .filter(outcome -> outcome.step().database().contains(project)
                        || outcome.step().sql().contains(project))
                .toList();
    }

    /** Sends all completed steps with other names or addresses. */
    int send(List<StepOutcome> outcomes, UnaryOperator<String> renamed) throws SQLException {
        int sent = 0;
        for (StepOutcome outcome : outcomes) {
            if (outcome.done()) {
                send(outcome.step(), renamed);
                sent++;
            }
        }
        return sent;
    }

    private void send(Step step, UnaryOperator<String> renamed) throws SQLException {
        int port = Integer.parseInt(renamed.apply(String.valueOf(step.node().port())));
        Connection session = session(node(port), renamed.apply(step.database()));
        try (Statement statement = session.createStatement()) {
            Stopwatch watch = Stopwatch.start();
            statement.execute(renamed.apply(step.sql()));
            times.add(renamed.apply(step.description()), watch.seconds());
        }
    }

    private EmbeddedNode node(int port) {
        return nodes.embedded().nodes().stream()
                .filter(node -> node.port() == port)
                .findFirst()
                .orElseThrow();
    }

    private Connection session(EmbeddedNode node, String database) throws SQLException {
        boolean maintenance = database.equals("postgres");
        if (!maintenance && !database.equals(project)) {
            close();
            project = database;
        }
        String key = node.port() + "/" + database;
        Connection session = sessions.get(key);
        if (session == null) {
            Stopwatch watch = Stopwatch.start();
            session = nodes.open(node, database);
            times.add(maintenance ? "open a session" : "open a session in the new database", watch.seconds());
            sessions.put(key, session);
            try (Statement statement = session.createStatement()) {
                for (String setting : SETTINGS) {
                    statement.execute(setting);
                }
            }
        }
        return session;
    }

    @Override
    public void close() throws SQLException {
        for (Connection session : sessions.values()) {
            session.close();
        }
        sessions.clear();
    }
}
