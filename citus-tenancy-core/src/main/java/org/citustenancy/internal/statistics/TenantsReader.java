package org.citustenancy.internal.statistics;

import static org.citustenancy.internal.sql.catalog.CitusStatTenantsLocal.CITUS_STAT_TENANTS_LOCAL;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.citustenancy.internal.observing.AnswerRow;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.ActivityQueries;
import org.citustenancy.statistics.Reading;
import org.citustenancy.statistics.UnansweredNode;
import org.citustenancy.statistics.activity.TenantFigures;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Reads the counters of Citus for each value of the distribution columns of a project's tables. */
public final class TenantsReader {

    private final Cluster cluster;
    private final QueryLimits limits;
    private final String project;

    /**
     * Creates a reader.
     *
     * @param limits how long to wait for a node
     */
    public TenantsReader(Cluster cluster, QueryLimits limits, String project) {
        this.cluster = cluster;
        this.limits = limits;
        this.project = project;
    }

    /**
     * Returns the tenants, from the view that {@code citus_stat_tenants} queries on each node.
     *
     * @return the busiest first; nodes on which {@code citus.stat_tenants_track} is off are reported as unanswered
     */
    public Reading<TenantFigures> tenants() {
        Topology topology = topology();
        if (!topology.citus()) {
            return new Reading<>(
                    List.of(), List.of(new UnansweredNode(topology.coordinator(), "the server has no Citus")));
        }
        Question<OnNode> question = Question.list(
                        ActivityQueries.tenantTracking(), row -> row.text(ActivityQueries.SETTING))
                .and(
                        Question.list(ActivityQueries.tenants(), row -> row),
                        (settings, tenants) -> new OnNode(settings.contains("all"), tenants));
        NodeSurvey survey = limits.survey(cluster, project);
        try (Session session = survey.open()) {
            SurveyAnswers<OnNode> answers = survey.ask(session, topology, question);
            List<UnansweredNode> unanswered = new ArrayList<>(answers.unanswered());
            List<TenantFigures> found = new ArrayList<>();
            answers.answers().forEach((node, there) -> {
                if (!there.tracks()) {
                    unanswered.add(new UnansweredNode(node, "citus.stat_tenants_track is off there"));
                }
                there.tenants().forEach(row -> found.add(figures(node, row)));
            });
            found.sort(Comparator.comparing(TenantsReader::queries).reversed());
            return new Reading<>(found, unanswered);
        }
    }

    private Topology topology() {
        try (Session session = cluster.sessions().maintenance(Deadline.in(limits.perNode()))) {
            return TopologyReader.read(session, cluster.requireCitus());
        }
    }

    private record OnNode(boolean tracks, List<AnswerRow> tenants) {}

    private static int queries(TenantFigures tenant) {
        return tenant.queriesNow() + tenant.queriesBefore();
    }

    private static TenantFigures figures(Node node, AnswerRow row) {
        return new TenantFigures(
                node,
                row.number(CITUS_STAT_TENANTS_LOCAL.colocation),
                row.text(CITUS_STAT_TENANTS_LOCAL.tenant),
                row.number(CITUS_STAT_TENANTS_LOCAL.readsNow),
                row.number(CITUS_STAT_TENANTS_LOCAL.readsBefore),
                row.number(CITUS_STAT_TENANTS_LOCAL.queriesNow),
                row.number(CITUS_STAT_TENANTS_LOCAL.queriesBefore),
                row.seconds(CITUS_STAT_TENANTS_LOCAL.secondsNow),
                row.seconds(CITUS_STAT_TENANTS_LOCAL.secondsBefore));
    }
}
