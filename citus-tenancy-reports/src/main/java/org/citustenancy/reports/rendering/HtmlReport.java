package org.citustenancy.reports.rendering;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.Language;
import org.citustenancy.statistics.NodeFigures;
import org.citustenancy.statistics.ProjectContents;
import org.citustenancy.statistics.ProjectFigures;
import org.citustenancy.statistics.StorageOnNode;
import org.citustenancy.statistics.Total;
import org.citustenancy.statistics.UnansweredNode;
import org.citustenancy.topology.Node;

/**
 * Renders figures as one HTML page, with bars for size and connections of each project and shards on each node. The
 * page loads nothing and runs no script.
 *
 * <pre>{@code
 * Files.writeString(path, new HtmlReport(Language.ENGLISH).page(cluster.statistics().figures()));
 * }</pre>
 */
public final class HtmlReport {

    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
            .chart { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr max-content; gap: .35rem .75rem; }
            .label { overflow-wrap: anywhere; max-width: 18rem; }
            .bar { display: flex; align-items: center; }
            .bar span { height: 1rem; }
            .figure { text-align: right; font-variant-numeric: tabular-nums; }
            .legend span { display: inline-block; width: .8rem; height: .8rem; margin-left: .75rem; }
            .legend span:first-child { margin-left: 0; }
            .part0 { background: #2f6fb2; } .part1 { background: #e08a2e; } .part2 { background: #8b949e; }
            .missing { border-left: .3rem solid #c0392b; padding-left: .75rem; }
            pre { overflow-x: auto; font-size: 13px; }
            """;

    private final Wording wording;
    private final TextReport text;
    private final String code;

    /**
     * Creates a report in a language.
     *
     * @param language the language of headings
     */
    public HtmlReport(Language language) {
        this.wording = new Wording(language);
        this.text = new TextReport(language);
        this.code = language.choose("en", "es");
    }

    /**
     * Renders the page.
     *
     * @param figures the figures; with contents for shards and the composition of sizes
     * @return a complete HTML document
     */
    public String page(ClusterFigures figures) {
        String title = wording.say("Projects of the cluster", "Proyectos del cluster");
        return """
                <!DOCTYPE html>
                <html lang="%s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <h1>%s</h1>
                <p>%s</p>
                %s%s%s%s%s<section>
                <h2>%s</h2>
                <pre>%s</pre>
                </section>
                </body>
                </html>
                """.formatted(
                        code,
                        title,
                        STYLE,
                        title,
                        figures.at().truncatedTo(ChronoUnit.SECONDS),
                        missing(figures.unanswered()),
                        sizes(figures).html(),
                        connections(figures).html(),
                        nodes(figures).html(),
                        shards(figures).html(),
                        wording.say("Figures", "Cifras"),
                        Html.escape(text.projects(figures)));
    }

    private String missing(List<UnansweredNode> unanswered) {
        return unanswered.isEmpty()
                ? ""
                : "<p class=\"missing\">%s</p>\n"
                        .formatted(Html.escape(unanswered.stream()
                                .map(UnansweredNode::toString)
                                .collect(Collectors.joining(", ", wording.without(), ""))));
    }

    private BarChart sizes(ClusterFigures figures) {
        BarChart chart = BarChart.of(
                wording.say("Size over all nodes", "Tamaño en todos los nodos"),
                List.of(
                        wording.say("tables", "tablas"),
                        wording.say("indexes", "índices"),
                        wording.say("rest", "resto")));
        for (ProjectFigures project : figures.projects()) {
            chart = chart.bar(project.name(), parts(project), Wording.size(project.size()));
        }
        return chart;
    }

    /** Returns the whole size as the remainder if its composition is unknown. */
    private static List<Long> parts(ProjectFigures project) {
        long size = project.size().map(Total::value).orElse(0L);
        Optional<ProjectContents> contents = project.contents();
        long tables = contents.map(seen -> seen.tableBytes().value()).orElse(0L);
        long indexes = contents.map(seen -> seen.indexBytes().value()).orElse(0L);
        return List.of(tables, indexes, Math.max(0, size - tables - indexes));
    }

    private BarChart connections(ClusterFigures figures) {
        BarChart chart = BarChart.of(
                wording.say("Connections over all nodes", "Conexiones en todos los nodos"),
                List.of(wording.say("of clients", "de clientes"), wording.say("between nodes", "entre nodos")));
        for (ProjectFigures project : figures.projects()) {
            long between = project.nodes().stream()
                    .flatMap(part -> part.sessions().groups().stream())
                    .filter(group -> group.fromNode())
                    .mapToLong(group -> group.count())
                    .sum();
            long all = project.connections().map(Total::value).orElse(0L);
            chart = chart.bar(project.name(), List.of(all - between, between), Wording.count(project.connections()));
        }
        return chart;
    }

    private BarChart nodes(ClusterFigures figures) {
        BarChart chart = BarChart.of(
                wording.say("Connections on each node", "Conexiones en cada nodo"),
                List.of(
                        wording.say("used", "en uso"),
                        wording.say("reserved", "reservadas"),
                        wording.say("free", "libres")));
        for (NodeFigures node : figures.nodes()) {
            int used = node.sessions().seen();
            int free = node.freeConnections();
            chart = chart.bar(
                    node.node().toString(),
                    List.of((long) used, Math.max(0L, node.maxConnections() - used - free), (long) free),
                    used + " / " + node.maxConnections());
        }
        return chart;
    }

    private BarChart shards(ClusterFigures figures) {
        Map<Node, Long> shards = new LinkedHashMap<>();
        Map<Node, Long> bytes = new LinkedHashMap<>();
        figures.nodes().forEach(node -> shards.put(node.node(), 0L));
        figures.projects().stream()
                .flatMap(project -> project.contents().stream())
                .flatMap(contents -> contents.storage().stream())
                .forEach((StorageOnNode part) -> {
                    shards.merge(part.node(), (long) part.shards(), Long::sum);
                    bytes.merge(part.node(), part.shardBytes(), Long::sum);
                });
        BarChart chart = BarChart.of(wording.say("Shards on each node", "Shards en cada nodo"), List.of("shards"));
        for (Map.Entry<Node, Long> node : shards.entrySet()) {
            chart = chart.bar(
                    node.getKey().toString(),
                    List.of(node.getValue()),
                    node.getValue() + " (" + Wording.size(bytes.getOrDefault(node.getKey(), 0L)) + ")");
        }
        return chart;
    }
}
