package org.citustenancy.internal.statistics;

import java.util.ArrayList;
import java.util.List;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.ProjectStatsStatements;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.Language;
import org.citustenancy.statistics.ProjectFigures;

/** Installs the view {@code project_stats}, and saves figures that the view cannot query. */
public final class StatsView {

    private static final String MARK = "citus-tenancy project_stats 1 ";

    private final Cluster cluster;

    /** Creates the access to the view of a cluster. */
    public StatsView(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Installs the view, or replaces another view of that name.
     *
     * @param language the language of its column names
     */
    public void install(Language language) {
        try (Session session = cluster.sessions().maintenance(cluster.deadline());
                AdvisoryLock lock = AdvisoryLock.onGlobalObjects(session)) {
            List<Query> statements = new ArrayList<>(ProjectStatsStatements.foundations());
            session.fetch(ProjectStatsStatements.existing()).stream()
                    .filter(existing -> !mark(language).equals(existing.get(ProjectStatsStatements.COMMENT)))
                    .findFirst()
                    .ifPresent(existing -> statements.add(replacing(session, existing)));
            statements.addAll(ProjectStatsStatements.view(columns(language), mark(language)));
            run(session, statements);
        }
    }

    private static Query replacing(Session session, Record existing) {
        if (!"v".equals(existing.get(ProjectStatsStatements.KIND))) {
            throw new ConflictException(Failure.of("public.project_stats is there already, and is no view")
                    .where(session.place())
                    .state("nothing was changed")
                    .fix("rename or drop it"));
        }
        return ProjectStatsStatements.dropTheView();
    }

    /**
     * Saves the number of shards of each project, which a session in another database cannot query.
     *
     * @param figures the figures, with contents; if these are partial or missing, the earlier number stays
     */
    public void save(ClusterFigures figures) {
        List<Query> statements = new ArrayList<>();
        statements.add(ProjectStatsStatements.forgetOthers(
                figures.projects().stream().map(ProjectFigures::name).toList()));
        figures.projects().forEach(project -> project.contents()
                .filter(contents -> !contents.shards().isPartial())
                .ifPresent(contents -> statements.add(ProjectStatsStatements.saveShards(
                        project.name(), contents.shards().value()))));
        try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
            run(session, statements);
        }
    }

    /** Removes the view and the objects that it needs. */
    public void remove() {
        try (Session session = cluster.sessions().maintenance(cluster.deadline());
                AdvisoryLock lock = AdvisoryLock.onGlobalObjects(session)) {
            boolean ours = session.fetch(ProjectStatsStatements.existing()).stream()
                    .map(existing -> existing.get(ProjectStatsStatements.COMMENT))
                    .anyMatch(comment -> comment != null && comment.startsWith(MARK));
            List<Query> statements = new ArrayList<>();
            if (ours) {
                statements.add(ProjectStatsStatements.dropTheView());
            }
            statements.add(ProjectStatsStatements.dropFoundations());
            run(session, statements);
        }
    }

    private static void run(Session session, List<Query> statements) {
        session.inTransaction(() -> {
            statements.forEach(session::execute);
            return true;
        });
    }

    private static String mark(Language language) {
        return MARK + language.choose("english", "spanish");
    }

    private static List<String> columns(Language language) {
        return List.of(
                language.choose("project", "Base de Datos"),
                language.choose("owner", "Propietario"),
                language.choose("size", "Tamaño"),
                language.choose("size_bytes", "Bytes"),
                language.choose("connections", "Conexiones"),
                language.choose("connection_limit", "Límite"),
                language.choose("shards", "Shards"),
                language.choose("state", "Estado"),
                language.choose("missing_nodes", "Nodos sin Respuesta"));
    }
}
