package org.citustenancy.internal.statistics;

import static org.citustenancy.internal.sql.catalog.PgStatActivity.PG_STAT_ACTIVITY;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.internal.observing.AnswerRow;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.ActivityQueries;
import org.citustenancy.statistics.Reading;
import org.citustenancy.statistics.UnansweredNode;
import org.citustenancy.statistics.activity.StatementFigures;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Reads the statements with the longest total time, on nodes that track statements. */
public final class StatementsReader {

    private static final String EXTENSION = "pg_stat_statements";

    private final Cluster cluster;
    private final QueryLimits limits;
    private final Optional<String> only;

    /**
     * Creates a reader.
     *
     * @param limits how long to wait for a node
     * @param only the project in question; absent for all databases
     */
    public StatementsReader(Cluster cluster, QueryLimits limits, Optional<String> only) {
        this.cluster = cluster;
        this.limits = limits;
        this.only = only;
    }

    /**
     * Returns the statements with the longest total time on each node.
     *
     * @param perNode how many of each node
     * @return the longest first; nodes that track no statements are reported as unanswered
     */
    public Reading<StatementFigures> top(int perNode) {
        NodeSurvey survey = limits.survey(cluster, cluster.maintenanceDatabase());
        try (Session session = survey.open()) {
            Topology topology = TopologyReader.read(session, cluster.requireCitus());
            SurveyAnswers<Optional<String>> schemas = survey.ask(
                    session,
                    topology,
                    Question.first(ActivityQueries.schemaOf(EXTENSION), row -> row.text(ActivityQueries.SCHEMA)));
            List<UnansweredNode> unanswered = new ArrayList<>(schemas.unanswered());
            Map<String, List<Node>> bySchema = new LinkedHashMap<>();
            schemas.answers()
                    .forEach((node, found) -> found.ifPresentOrElse(
                            schema -> bySchema.computeIfAbsent(schema, key -> new ArrayList<>())
                                    .add(node),
                            () -> unanswered.add(new UnansweredNode(
                                    node, "its maintenance database has no extension " + EXTENSION))));
            List<StatementFigures> found = new ArrayList<>();
            bySchema.forEach((schema, nodes) -> {
                SurveyAnswers<List<AnswerRow>> answers = survey.ask(
                        session,
                        nodes,
                        Question.list(ActivityQueries.topStatements(schema, only, perNode), row -> row));
                unanswered.addAll(answers.unanswered());
                answers.answers().forEach((node, rows) -> rows.forEach(row -> found.add(figures(node, row))));
            });
            found.sort(Comparator.comparing(StatementFigures::total).reversed());
            return new Reading<>(found, unanswered);
        }
    }

    private static StatementFigures figures(Node node, AnswerRow row) {
        return new StatementFigures(
                node,
                row.text(PG_STAT_ACTIVITY.database),
                row.text(PG_STAT_ACTIVITY.user),
                row.text(ActivityQueries.STATEMENT),
                row.large(ActivityQueries.CALLS),
                row.large(ActivityQueries.ROWS),
                row.age(ActivityQueries.MICROS));
    }
}
