package org.citustenancy.internal.statistics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.citustenancy.internal.observing.AnswerRow;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.ContentQueries;
import org.citustenancy.internal.tables.TableCatalog;
import org.citustenancy.statistics.ProjectContents;
import org.citustenancy.statistics.StorageOnNode;
import org.citustenancy.statistics.TableFigures;
import org.citustenancy.statistics.TableOnNode;
import org.citustenancy.statistics.UnansweredNode;
import org.citustenancy.tables.TableInfo;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Node;

/** Combines the contents of one project from the parts that the nodes report. */
final class ContentsReader {

    private final String project;
    private final boolean citus;

    ContentsReader(String project, boolean citus) {
        this.project = project;
        this.citus = citus;
    }

    /**
     * The contents that one node reports.
     *
     * @param tables the tables on it, by table
     * @param shared the database's size in the same snapshot
     */
    record OnNode(List<StoredTable> tables, SharedFigures shared) {}

    /**
     * A table, or its shards, on one node.
     *
     * @param shards how many shards; 0 for the table itself
     * @param largest the bytes of the largest shard with its indexes
     * @param rows estimated, absent if the table was never analysed
     */
    record StoredTable(
            TableName name,
            String owner,
            int shards,
            long tableBytes,
            long indexBytes,
            long largest,
            OptionalLong rows) {

        static StoredTable of(AnswerRow row) {
            return new StoredTable(
                    new TableName(row.text(ContentQueries.SCHEMA), row.text(ContentQueries.TABLE)),
                    row.text(ContentQueries.OWNER),
                    row.number(ContentQueries.SHARDS),
                    row.large(ContentQueries.TABLE_BYTES),
                    row.large(ContentQueries.INDEX_BYTES),
                    row.large(ContentQueries.LARGEST),
                    row.optionalLarge(ContentQueries.ROWS));
        }

        /**
         * Checks whether this is a part of a table. The rows of a distributed table are in its shards, and the relation
         * of its own name is empty.
         */
        boolean isPartOf(TableInfo table, Node node) {
            return table.kind() == TableKind.LOCAL
                    ? node.isCoordinator() && (shards > 0 || table.colocation().isEmpty())
                    : shards > 0;
        }

        TableOnNode on(Node node) {
            return new TableOnNode(node, shards, tableBytes, indexBytes, largest, rows);
        }
    }

    /** Returns the question for the project's database. */
    Question<OnNode> question() {
        return Question.list(ContentQueries.storage(citus), StoredTable::of)
                .and(SharedFigures.question(Optional.of(project)), OnNode::new);
    }

    /** Makes shards visible to a user's session, as they are to the admin's. */
    void prepare(Session session) {
        if (citus) {
            session.fetch(ContentQueries.showShards());
        }
    }

    ProjectContents read(Session session, SurveyAnswers<OnNode> survey) {
        Map<Node, List<StoredTable>> stored = survey.map(OnNode::tables).answers();
        List<StorageOnNode> storage = new ArrayList<>();
        survey.answers().forEach((node, there) -> storage.add(storage(node, there)));
        List<Node> without =
                survey.unanswered().stream().map(UnansweredNode::node).toList();
        List<TableFigures> tables = tables(session, stored).stream()
                .map(table -> figures(table, stored, without))
                .toList();
        return new ProjectContents(storage, tables, survey.unanswered(), Instant.now());
    }

    private StorageOnNode storage(Node node, OnNode there) {
        long tables = 0;
        long indexes = 0;
        int shards = 0;
        long shardBytes = 0;
        for (StoredTable table : there.tables()) {
            tables += table.tableBytes();
            indexes += table.indexBytes();
            shards += table.shards();
            shardBytes += table.shards() == 0 ? 0 : table.tableBytes() + table.indexBytes();
        }
        return new StorageOnNode(node, there.shared().size(project), tables, indexes, shards, shardBytes);
    }

    private List<TableInfo> tables(Session session, Map<Node, List<StoredTable>> stored) {
        if (citus) {
            return new TableCatalog(session).all();
        }
        return stored.values().stream()
                .flatMap(List::stream)
                .map(table -> new TableInfo(
                        table.name(), TableKind.LOCAL, Optional.empty(), OptionalInt.empty(), OptionalInt.empty()))
                .toList();
    }

    private static TableFigures figures(TableInfo table, Map<Node, List<StoredTable>> stored, List<Node> without) {
        List<TableOnNode> parts = new ArrayList<>();
        String owner = "";
        for (Map.Entry<Node, List<StoredTable>> onNode : stored.entrySet()) {
            for (StoredTable part : onNode.getValue()) {
                if (part.name().equals(table.name())) {
                    owner = owner.isEmpty() ? part.owner() : owner;
                    if (part.isPartOf(table, onNode.getKey())) {
                        parts.add(part.on(onNode.getKey()));
                    }
                }
            }
        }
        return new TableFigures(table, owner, parts, table.kind() == TableKind.LOCAL ? List.of() : without);
    }
}
