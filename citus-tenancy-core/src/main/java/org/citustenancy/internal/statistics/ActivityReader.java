package org.citustenancy.internal.statistics;

import static org.citustenancy.internal.sql.catalog.PgStatActivity.PG_STAT_ACTIVITY;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.ActivityQueries;
import org.citustenancy.statistics.Reading;
import org.citustenancy.statistics.activity.LockWait;
import org.citustenancy.statistics.activity.NodeSession;
import org.citustenancy.statistics.activity.RunningStatement;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Reads what sessions do now, on all nodes and in all databases. */
public final class ActivityReader {

    private static final String ACTIVITY = "activity";

    private final Cluster cluster;
    private final QueryLimits limits;

    /**
     * A reader.
     *
     * @param cluster the cluster
     * @param limits how long a node is waited for
     */
    public ActivityReader(Cluster cluster, QueryLimits limits) {
        this.cluster = cluster;
        this.limits = limits;
    }

    /**
     * What runs, or is open, for longer than some time.
     *
     * @param atLeast the time
     * @return the longest first
     */
    public Reading<RunningStatement> running(Duration atLeast) {
        return read(
                topology -> ActivityQueries.running(topology.citus(), atLeast),
                (node, row) ->
                        new RunningStatement(session(node, row, ""), ResultReader.age(row, ActivityQueries.MICROS)),
                Comparator.comparing(RunningStatement::age).reversed());
    }

    /**
     * Who waits for whom.
     *
     * @return the longest first
     */
    public Reading<LockWait> lockWaits() {
        return read(
                topology -> ActivityQueries.lockWaits(topology.citus()),
                (node, row) -> new LockWait(
                        session(node, row, ""),
                        // A prepared transaction has no process; 0 stands for it.
                        Optional.of(session(node, row, ActivityQueries.BLOCKER)).filter(blocker -> blocker.pid() != 0),
                        ResultReader.age(row, ActivityQueries.MICROS)),
                Comparator.comparing(LockWait::age).reversed());
    }

    private <T> Reading<T> read(
            Function<Topology, Select<?>> question, BiFunction<Node, Record, T> reading, Comparator<T> order) {
        NodeSurvey survey = limits.survey(cluster, cluster.maintenanceDatabase());
        try (Session session = survey.open()) {
            Topology topology = TopologyReader.read(session, cluster.requireCitus());
            SurveyAnswers answers = survey.ask(session, topology, Map.of(ACTIVITY, question.apply(topology)));
            List<T> found = new ArrayList<>();
            answers.answers()
                    .forEach((node, said) -> said.to(ACTIVITY).forEach(row -> found.add(reading.apply(node, row))));
            found.sort(order);
            return new Reading<>(found, answers.unanswered());
        }
    }

    private static NodeSession session(Node node, Record row, String prefix) {
        Optional<String> waitType = text(row, prefix, PG_STAT_ACTIVITY.waitType);
        Optional<String> waitEvent = text(row, prefix, PG_STAT_ACTIVITY.waitEvent);
        return new NodeSession(
                node,
                ResultReader.count(row, named(prefix, PG_STAT_ACTIVITY.pid)),
                ResultReader.number(row, named(prefix, ActivityQueries.GLOBAL_PID)),
                ResultReader.flag(row, named(prefix, ActivityQueries.FOR_NODE)),
                text(row, prefix, PG_STAT_ACTIVITY.database),
                text(row, prefix, PG_STAT_ACTIVITY.user),
                text(row, prefix, PG_STAT_ACTIVITY.application),
                text(row, prefix, PG_STAT_ACTIVITY.state),
                waitType.map(type -> type + waitEvent.map(event -> ": " + event).orElse("")),
                text(row, prefix, PG_STAT_ACTIVITY.query));
    }

    private static Optional<String> text(Record row, String prefix, Field<String> field) {
        return ResultReader.text(row, named(prefix, field));
    }

    private static String named(String prefix, Field<?> field) {
        return prefix + field.getName();
    }
}
