package org.citustenancy.examples.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.tables.TableInfo;
import org.citustenancy.tables.TableKind;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Shows the distribution: the shards and rows of each project on each node, and the distribution of each table. */
final class Overview {

    private static final String NOT_WITHOUT_CITUS = "-";

    private final Topology topology;
    private final Console console;
    private final TextTable nodes = new TextTable("PROJECT", "OWNER", "NODE", "SHARDS", "ROWS");
    private final TextTable tables = new TextTable("PROJECT", "TABLE", "HOW IT LIES", "SHARDS", "ROWS");

    Overview(Topology topology, Console console) {
        this.topology = topology;
        this.console = console;
    }

    void show(List<DemoProject> projects) throws SQLException {
        for (DemoProject project : projects) {
            try (Connection connection = Login.of(project.connection()).open()) {
                RowCount rows = new RowCount(connection);
                addNodes(project, rows);
                addTables(project, rows);
            }
        }
        console.verbatim(nodes.toString());
        console.emptyLine();
        console.verbatim(tables.toString());
        if (topology.citus()) {
            console.emptyLine();
            console.paragraph("A reference table has a shard, and all its rows, on every node.");
        }
    }

    private void addNodes(DemoProject project, RowCount rows) throws SQLException {
        String name = project.name();
        String owner = project.guide().owner();
        if (!topology.citus()) {
            nodes.row(
                    name,
                    owner,
                    "server " + topology.coordinator().address(),
                    NOT_WITHOUT_CITUS,
                    rows.ofAll(project.guide().tables()));
            return;
        }
        Map<String, Integer> shards = project.project().tables().shardsPerNode();
        Map<String, Long> held = rows.onEachNode(project.guide().tables());
        requireShardsOnWorkers(project, shards);
        for (Node node : topology.nodes()) {
            nodes.row(name, owner, node, shards.getOrDefault(node.address(), 0), held.getOrDefault(node.address(), 0L));
            name = "";
            owner = "";
        }
    }

    /** Detects the guide's pitfall, which the library avoids: all shards on the coordinator. */
    private void requireShardsOnWorkers(DemoProject project, Map<String, Integer> shards) {
        long references = project.project().tables().list().stream()
                .filter(table -> table.kind() == TableKind.REFERENCE)
                .count();
        boolean spread =
                topology.workers().stream().anyMatch(worker -> shards.getOrDefault(worker.address(), 0) > references);
        if (!spread && !topology.workers().isEmpty()) {
            throw new DemoFailure("All shards of the distributed tables of " + project.name()
                    + " lie on the coordinator, although there are workers. See whether shouldhaveshards is set for"
                    + " them in pg_dist_node.");
        }
    }

    private void addTables(DemoProject project, RowCount rows) {
        Map<String, TableInfo> known = new HashMap<>();
        project.project().tables().list().forEach(info -> known.put(info.name().toString(), info));
        String name = project.name();
        for (GuideTable table : project.guide().tables()) {
            TableInfo info = known.get(table.name());
            if (info == null) {
                tables.row(name, table.name(), "an ordinary table", NOT_WITHOUT_CITUS, rows.of(table));
            } else {
                tables.row(name, table.name(), placement(info), info.shards().orElse(0), rows.of(table));
            }
            name = "";
        }
    }

    private static String placement(TableInfo table) {
        return switch (table.kind()) {
            case DISTRIBUTED ->
                "distributed by " + table.distributionColumn().orElse("?") + ", colocation group "
                        + table.colocation().orElse(0);
            case REFERENCE -> "reference table, whole on every node";
            case SCHEMA -> "in a distributed schema, whole on one node";
            case LOCAL -> "local, on the coordinator alone";
        };
    }
}
