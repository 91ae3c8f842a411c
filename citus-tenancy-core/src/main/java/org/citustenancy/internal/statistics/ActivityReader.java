package org.citustenancy.internal.statistics;

import static org.citustenancy.internal.sql.catalog.PgStatActivity.PG_STAT_ACTIVITY;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.citustenancy.internal.observing.AnswerRow;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.ActivityQueries;
import org.citustenancy.statistics.Reading;
import org.citustenancy.statistics.activity.LockWait;
import org.citustenancy.statistics.activity.NodeSession;
import org.citustenancy.statistics.activity.RunningStatement;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Reads the current activity of sessions, on all nodes and in all databases. */
public final class ActivityReader {

    private final Cluster cluster;
    private final QueryLimits limits;

    /**
     * Creates a reader.
     *
     * @param limits how long to wait for a node
     */
    public ActivityReader(Cluster cluster, QueryLimits limits) {
        this.cluster = cluster;
        this.limits = limits;
    }

    /**
     * Returns the statements that run, and the transactions that are open, for longer than the given time.
     *
     * @param atLeast the time
     * @return the longest first
     */
    public Reading<RunningStatement> running(Duration atLeast) {
        return read(
                topology -> ActivityQueries.running(topology.citus(), atLeast),
                (node, row) -> new RunningStatement(session(node, row), row.age(ActivityQueries.MICROS)),
                Comparator.comparing(RunningStatement::age).reversed());
    }

    /**
     * Returns the sessions that wait for locks, with the sessions that block them.
     *
     * @return the longest first
     */
    public Reading<LockWait> lockWaits() {
        return read(
                topology -> ActivityQueries.lockWaits(topology.citus()),
                (node, row) -> new LockWait(
                        session(node, row),
                        // A prepared transaction has no process; its process number is 0.
                        Optional.of(session(node, row.under(ActivityQueries.BLOCKER)))
                                .filter(blocker -> blocker.pid() != 0),
                        row.age(ActivityQueries.MICROS)),
                Comparator.comparing(LockWait::age).reversed());
    }

    private <T> Reading<T> read(
            Function<Topology, Select<?>> question, BiFunction<Node, AnswerRow, T> reading, Comparator<T> order) {
        NodeSurvey survey = limits.survey(cluster, cluster.maintenanceDatabase());
        try (Session session = survey.open()) {
            Topology topology = TopologyReader.read(session, cluster.requireCitus());
            SurveyAnswers<List<AnswerRow>> answers =
                    survey.ask(session, topology, Question.list(question.apply(topology), row -> row));
            List<T> found = new ArrayList<>();
            answers.answers().forEach((node, rows) -> rows.forEach(row -> found.add(reading.apply(node, row))));
            found.sort(order);
            return new Reading<>(found, answers.unanswered());
        }
    }

    private static NodeSession session(Node node, AnswerRow row) {
        Optional<String> waitType = row.optionalText(PG_STAT_ACTIVITY.waitType);
        Optional<String> waitEvent = row.optionalText(PG_STAT_ACTIVITY.waitEvent);
        return new NodeSession(
                node,
                row.number(PG_STAT_ACTIVITY.pid),
                row.optionalLarge(ActivityQueries.GLOBAL_PID),
                row.flag(ActivityQueries.FOR_NODE),
                row.optionalText(PG_STAT_ACTIVITY.database),
                row.optionalText(PG_STAT_ACTIVITY.user),
                row.optionalText(PG_STAT_ACTIVITY.application),
                row.optionalText(PG_STAT_ACTIVITY.state),
                waitType.map(type -> type + waitEvent.map(event -> ": " + event).orElse("")),
                row.optionalText(PG_STAT_ACTIVITY.query));
    }
}
