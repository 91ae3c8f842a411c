package org.citustenancy.examples.spring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A query of a dashboard, as far as a test must understand it.
 *
 * @param panel the panel or the variable that it belongs to
 * @param metrics the metrics that it names
 * @param labels the labels by which it chooses or groups them
 */
record MetricQuery(String panel, Set<String> metrics, Set<String> labels) {

    private static final Pattern CHOICE = Pattern.compile("\\{([^}]*)}");
    private static final Pattern CHOSEN = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
    private static final Pattern GROUPS = Pattern.compile("\\bby\\s*\\(([^)]*)\\)");
    private static final Pattern VALUES = Pattern.compile("label_values\\((.*),\\s*(\\w+)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");

    /** A word that is no function: those stand before a parenthesis, or before what they group by. */
    private static final Pattern METRIC = Pattern.compile("\\b[a-z]\\w*\\b(?!\\s*(?:\\(|GROUPS))");

    static List<MetricQuery> ofDashboard(Path file) throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(file));
        List<MetricQuery> queries = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(
                        of(panel.path("title").asString(), target.path("expr").asString()));
            }
        }
        for (JsonNode variable : dashboard.path("templating").path("list")) {
            if (variable.path("type").asString().equals("query")) {
                queries.add(of(
                        variable.path("name").asString(),
                        variable.path("query").path("query").asString()));
            }
        }
        return queries;
    }

    private static MetricQuery of(String panel, String query) {
        Set<String> labels = new TreeSet<>();
        String rest = query;
        Matcher values = VALUES.matcher(rest);
        if (values.matches()) {
            labels.add(values.group(2));
            rest = values.group(1);
        }
        CHOICE.matcher(rest).results().forEach(choice -> CHOSEN.matcher(choice.group(1))
                .results()
                .forEach(label -> labels.add(label.group(1))));
        rest = RANGE.matcher(CHOICE.matcher(rest).replaceAll("")).replaceAll("");
        GROUPS.matcher(rest)
                .results()
                .forEach(groups -> labels.addAll(List.of(groups.group(1).split(",\\s*", -1))));
        rest = GROUPS.matcher(rest).replaceAll("GROUPS");
        Set<String> metrics = new TreeSet<>();
        METRIC.matcher(rest).results().forEach(metric -> metrics.add(metric.group()));
        return new MetricQuery(panel, metrics, labels);
    }
}
