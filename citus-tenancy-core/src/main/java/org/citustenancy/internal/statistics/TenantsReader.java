package org.citustenancy.internal.statistics;

import static org.citustenancy.internal.sql.catalog.CitusStatTenantsLocal.CITUS_STAT_TENANTS_LOCAL;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.ActivityQueries;
import org.citustenancy.statistics.Reading;
import org.citustenancy.statistics.UnansweredNode;
import org.citustenancy.statistics.activity.TenantFigures;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Reads what Citus has counted for each value of the distribution columns of a project's tables. */
public final class TenantsReader {

    private static final String TRACKING = "tracking";
    private static final String TENANTS = "tenants";

    private final Cluster cluster;
    private final QueryLimits limits;
    private final String project;

    /**
     * A reader.
     *
     * @param cluster the cluster
     * @param limits how long a node is waited for
     * @param project the project's name
     */
    public TenantsReader(Cluster cluster, QueryLimits limits, String project) {
        this.cluster = cluster;
        this.limits = limits;
        this.project = project;
    }

    /**
     * The tenants, by the view that {@code citus_stat_tenants} asks each node for.
     *
     * @return the busiest first; nodes on which {@code citus.stat_tenants_track} is off are reported as unanswered
     */
    public Reading<TenantFigures> tenants() {
        Topology topology = topology();
        if (!topology.citus()) {
            return new Reading<>(
                    List.of(), List.of(new UnansweredNode(topology.coordinator(), "the server has no Citus")));
        }
        Map<String, Select<?>> questions = new LinkedHashMap<>();
        questions.put(TRACKING, ActivityQueries.tenantTracking());
        questions.put(TENANTS, ActivityQueries.tenants());
        NodeSurvey survey = limits.survey(cluster, project);
        try (Session session = survey.open()) {
            SurveyAnswers answers = survey.ask(session, topology, questions);
            List<UnansweredNode> unanswered = new ArrayList<>(answers.unanswered());
            List<TenantFigures> found = new ArrayList<>();
            answers.answers().forEach((node, said) -> {
                if (isOff(said.to(TRACKING))) {
                    unanswered.add(new UnansweredNode(node, "citus.stat_tenants_track is off there"));
                }
                said.to(TENANTS).forEach(row -> found.add(figures(node, row)));
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

    private static boolean isOff(List<Record> tracking) {
        return tracking.stream()
                .flatMap(row -> ResultReader.text(row, ActivityQueries.SETTING).stream())
                .noneMatch("all"::equals);
    }

    private static int queries(TenantFigures tenant) {
        return tenant.queriesNow() + tenant.queriesBefore();
    }

    private static TenantFigures figures(Node node, Record row) {
        return new TenantFigures(
                node,
                ResultReader.count(row, CITUS_STAT_TENANTS_LOCAL.colocation),
                ResultReader.text(row, CITUS_STAT_TENANTS_LOCAL.tenant).orElse(""),
                ResultReader.count(row, CITUS_STAT_TENANTS_LOCAL.readsNow),
                ResultReader.count(row, CITUS_STAT_TENANTS_LOCAL.readsBefore),
                ResultReader.count(row, CITUS_STAT_TENANTS_LOCAL.queriesNow),
                ResultReader.count(row, CITUS_STAT_TENANTS_LOCAL.queriesBefore),
                seconds(row, CITUS_STAT_TENANTS_LOCAL.secondsNow),
                seconds(row, CITUS_STAT_TENANTS_LOCAL.secondsBefore));
    }

    private static Duration seconds(Record row, Field<Double> field) {
        double seconds =
                Optional.ofNullable(row.get(field.getName(), Double.class)).orElse(0.0);
        return Duration.ofNanos((long) (seconds * TimeUnit.SECONDS.toNanos(1)));
    }
}
