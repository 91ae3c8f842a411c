package org.citustenancy.internal.backup.restore;

import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.backup.manifest.HashRange;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.BackupQueries;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.internal.sql.FillQueries;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;

/**
 * Finds the new shards into which the rows of an old shard can be written together, without a check of each row by the
 * coordinator.
 */
final class ShardPlaces {

    private final Map<Part, Place> places = new HashMap<>();

    /**
     * A shard.
     *
     * @param node the node with its only placement, absent for the coordinator
     * @param relation its name on that node
     */
    record Place(Optional<Node> node, TableName relation) {}

    private record Part(TableName table, Optional<HashRange> range) {}

    private ShardPlaces() {}

    /** Reads the shards of a project whose tables are distributed. */
    static ShardPlaces read(Session session) {
        Map<Integer, Node> nodes = new HashMap<>();
        session.fetch(ClusterQueries.nodes()).stream()
                .filter(row -> row.get(PG_DIST_NODE.group) != 0)
                .forEach(row -> nodes.put(
                        row.get(PG_DIST_NODE.group),
                        new Node(NodeRole.WORKER, row.get(PG_DIST_NODE.host), row.get(PG_DIST_NODE.port))));
        ShardPlaces found = new ShardPlaces();
        session.fetch(FillQueries.filledDirectly()).forEach(row -> found.add(row, nodes));
        return found;
    }

    private void add(Record row, Map<Integer, Node> nodes) {
        String schema = row.get(BackupQueries.SCHEMA);
        Optional<HashRange> range = Optional.ofNullable(row.get(BackupQueries.FIRST))
                .map(first -> new HashRange(first, row.get(BackupQueries.LAST)));
        Optional<Node> node = Optional.ofNullable(nodes.get(row.get(BackupQueries.NODE_GROUP)));
        if (node.isPresent() || row.get(BackupQueries.NODE_GROUP) == 0) {
            places.put(
                    new Part(new TableName(schema, row.get(BackupQueries.NAME)), range),
                    new Place(node, new TableName(schema, row.get(BackupQueries.SHARD))));
        }
    }

    /** Returns the shard for the same rows, if there is one. */
    Optional<Place> of(TableName table, Optional<HashRange> range) {
        return Optional.ofNullable(places.get(new Part(table, range)));
    }
}
