package org.citustenancy.internal.statistics;

import static org.citustenancy.internal.sql.catalog.PgStatActivity.PG_STAT_ACTIVITY;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.ActivityQueries;
import org.citustenancy.statistics.Reading;
import org.citustenancy.statistics.UnansweredNode;
import org.citustenancy.statistics.activity.StatementFigures;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Reads which statements took most time, where the nodes keep count of it. */
public final class StatementsReader {

    private static final String EXTENSION = "pg_stat_statements";

    private final Cluster cluster;
    private final QueryLimits limits;
    private final Optional<String> only;

    /**
     * A reader.
     *
     * @param cluster the cluster
     * @param limits how long to wait for a node
     * @param only the project in question; absent for all databases
     */
    public StatementsReader(Cluster cluster, QueryLimits limits, Optional<String> only) {
        this.cluster = cluster;
        this.limits = limits;
        this.only = only;
    }

    /**
     * The statements that took most time on each node.
     *
     * @param perNode how many of each node
     * @return the longest first; nodes that keep no count are reported as unanswered
     */
    public Reading<StatementFigures> top(int perNode) {
        NodeSurvey survey = limits.survey(cluster, cluster.maintenanceDatabase());
        try (Session session = survey.open()) {
            Topology topology = TopologyReader.read(session, cluster.requireCitus());
            SurveyAnswers extensions =
                    survey.ask(session, topology, Map.of(EXTENSION, ActivityQueries.schemaOf(EXTENSION)));
            List<UnansweredNode> unanswered = new ArrayList<>(extensions.unanswered());
            Map<String, List<Node>> bySchema = new LinkedHashMap<>();
            extensions.answers().forEach((node, answer) -> answer.to(EXTENSION).stream()
                    .findFirst()
                    .flatMap(row -> ResultReader.text(row, ActivityQueries.SCHEMA))
                    .ifPresentOrElse(
                            schema -> bySchema.computeIfAbsent(schema, key -> new ArrayList<>())
                                    .add(node),
                            () -> unanswered.add(new UnansweredNode(
                                    node, "its maintenance database has no extension " + EXTENSION))));
            List<StatementFigures> found = new ArrayList<>();
            bySchema.forEach((schema, nodes) -> {
                SurveyAnswers answers = survey.ask(
                        session, nodes, Map.of(EXTENSION, ActivityQueries.topStatements(schema, only, perNode)));
                unanswered.addAll(answers.unanswered());
                answers.answers()
                        .forEach((node, said) -> said.to(EXTENSION).forEach(row -> found.add(figures(node, row))));
            });
            found.sort(Comparator.comparing(StatementFigures::total).reversed());
            return new Reading<>(found, unanswered);
        }
    }

    private static StatementFigures figures(Node node, Record row) {
        return new StatementFigures(
                node,
                ResultReader.text(row, PG_STAT_ACTIVITY.database).orElse(""),
                ResultReader.text(row, PG_STAT_ACTIVITY.user).orElse(""),
                ResultReader.text(row, ActivityQueries.STATEMENT).orElse(""),
                ResultReader.number(row, ActivityQueries.CALLS).orElse(0),
                ResultReader.number(row, ActivityQueries.ROWS).orElse(0),
                ResultReader.age(row, ActivityQueries.MICROS));
    }
}
