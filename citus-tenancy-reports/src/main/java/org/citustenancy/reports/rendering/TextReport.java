package org.citustenancy.reports.rendering;

import static org.citustenancy.reports.rendering.TextTable.number;
import static org.citustenancy.reports.rendering.TextTable.text;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.DatabaseCounters;
import org.citustenancy.statistics.Language;
import org.citustenancy.statistics.NodeFigures;
import org.citustenancy.statistics.ProjectFigures;
import org.citustenancy.statistics.StorageOnNode;
import org.citustenancy.statistics.TableFigures;
import org.citustenancy.statistics.UnansweredNode;

/**
 * Renders figures as aligned tables for a terminal.
 *
 * <pre>{@code
 * log.info(new TextReport(Language.SPANISH).projects(cluster.statistics().overview()));
 * }</pre>
 *
 * <p>An absent value is a dash. A sum without some nodes has an asterisk, and the nodes are named below.
 */
public final class TextReport {

    private final Wording wording;

    /**
     * Creates a report in a language.
     *
     * @param language the language of headings
     */
    public TextReport(Language language) {
        this.wording = new Wording(language);
    }

    /**
     * Renders the projects: owner, size and connections over all nodes, limit, state, and the counters of the servers.
     *
     * @param figures the figures
     * @return a table of several lines
     */
    public String projects(ClusterFigures figures) {
        TextTable table = TextTable.of(
                text(wording.project()),
                text(wording.owner()),
                number(wording.size()),
                number(wording.connections()),
                number(wording.limit()),
                number("Shards"),
                number(wording.say("Cache hits", "Aciertos de caché")),
                number(wording.say("Commits", "Confirmaciones")),
                text(wording.say("State", "Estado")));
        for (ProjectFigures project : figures.projects()) {
            Optional<DatabaseCounters> counters = project.counters();
            table = table.row(
                    project.name(),
                    project.owner(),
                    Wording.size(project.size()),
                    Wording.count(project.connections()),
                    project.nodes().stream()
                            .filter(part -> part.node().isCoordinator())
                            .map(part -> Wording.limit(part.connectionLimit()))
                            .findFirst()
                            .orElse(Wording.ABSENT),
                    Wording.count(project.contents().map(contents -> contents.shards())),
                    Wording.percent(
                            counters.map(DatabaseCounters::cacheHitRatio).orElse(OptionalDouble.empty())),
                    counters.map(counted -> Long.toString(counted.commits())).orElse(Wording.ABSENT),
                    project.state().map(state -> state.word()).orElse(Wording.ABSENT));
        }
        return table + missing(figures.unanswered());
    }

    /**
     * Renders the nodes and their connections.
     *
     * @param figures the figures
     * @return a table of several lines
     */
    public String nodes(ClusterFigures figures) {
        TextTable table = TextTable.of(
                text(wording.node()),
                number(wording.connections()),
                number(wording.say("Active", "Activas")),
                number(wording.say("From nodes", "Entre nodos")),
                number(wording.limit()),
                number(wording.say("Free", "Libres")));
        for (NodeFigures node : figures.nodes()) {
            table = table.row(
                    node.node().toString(),
                    Integer.toString(node.sessions().seen()),
                    Integer.toString(node.sessions().byState().getOrDefault("active", 0)),
                    Integer.toString(node.sessions().groups().stream()
                            .filter(group -> group.fromNode())
                            .mapToInt(group -> group.count())
                            .sum()),
                    Integer.toString(node.maxConnections()),
                    Integer.toString(node.freeConnections()));
        }
        return table + missing(figures.unanswered());
    }

    /**
     * Renders a project's tables.
     *
     * @param figures the figures, with contents
     * @return a table of several lines; empty without contents
     */
    public String tables(ProjectFigures figures) {
        return figures.contents()
                .map(contents -> tables(contents.tables()) + missing(contents.unanswered()))
                .orElse("");
    }

    private TextTable tables(List<TableFigures> tables) {
        TextTable table = TextTable.of(
                text(wording.say("Table", "Tabla")),
                text(wording.say("Type", "Tipo")),
                text(wording.say("Distribution column", "Columna de distribución")),
                number(wording.say("Colocation", "Colocación")),
                number("Shards"),
                number(wording.size()),
                number(wording.say("Rows", "Filas")),
                text(wording.owner()));
        for (TableFigures each : tables) {
            table = table.row(
                    each.table().name().toString(),
                    wording.kind(each.table().kind()),
                    each.table().distributionColumn().orElse(Wording.ABSENT),
                    Wording.limit(each.table().colocation()),
                    Wording.limit(each.table().shards()),
                    Wording.size(Optional.of(each.size())),
                    Wording.rows(each.estimatedRows()),
                    each.owner());
        }
        return table;
    }

    /**
     * Renders the storage of a project's database on each node, and its skew.
     *
     * @param figures the figures, with contents
     * @return a table of several lines; empty without contents
     */
    public String storage(ProjectFigures figures) {
        return figures.contents()
                .map(contents -> {
                    TextTable table = TextTable.of(
                            text(wording.node()),
                            number(wording.size()),
                            number(wording.say("Tables", "Tablas")),
                            number(wording.say("Indexes", "Índices")),
                            number(wording.say("Rest", "Resto")),
                            number("Shards"),
                            number(wording.say("Bytes in shards", "Bytes en shards")));
                    for (StorageOnNode part : contents.storage()) {
                        table = table.row(
                                part.node().toString(),
                                Wording.size(part.size()),
                                Wording.size(part.tables()),
                                Wording.size(part.indexes()),
                                Wording.size(part.rest()),
                                Integer.toString(part.shards()),
                                Wording.size(part.shardBytes()));
                    }
                    return table
                            + wording.say("Fullest node to average: ", "Nodo más lleno respecto a la media: ")
                            + Wording.factor(contents.nodeSkew()) + "\n" + missing(contents.unanswered());
                })
                .orElse("");
    }

    private String missing(List<UnansweredNode> unanswered) {
        return unanswered.isEmpty()
                ? ""
                : unanswered.stream()
                        .map(UnansweredNode::toString)
                        .collect(Collectors.joining(", ", wording.without(), "\n"));
    }
}
