package org.citustenancy.internal.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.citustenancy.internal.observing.BatchResult;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Select;
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

/** What lies in one project, from what the nodes say of their parts of it. */
final class ContentsReader {

    private static final String STORAGE = "storage";

    private final String project;
    private final boolean citus;

    ContentsReader(String project, boolean citus) {
        this.project = project;
        this.citus = citus;
    }

    /** The questions whose answers this class reads; they are to be asked in the project's database. */
    Map<String, Select<?>> questions() {
        Map<String, Select<?>> questions = new LinkedHashMap<>();
        questions.put(STORAGE, ContentQueries.storage(citus));
        return questions;
    }

    /** The same, and the database's size at the same moment. */
    Map<String, Select<?>> questionsWithSize() {
        Map<String, Select<?>> questions = questions();
        questions.putAll(SharedFigures.questions(Optional.of(project)));
        return questions;
    }

    /** Lets a user's session see what the admin's sees. */
    void prepare(Session session) {
        if (citus) {
            session.fetch(ContentQueries.showShards());
        }
    }

    ProjectContents read(Session session, SurveyAnswers survey) {
        Map<Node, List<Record>> rows = new LinkedHashMap<>();
        List<StorageOnNode> storage = new ArrayList<>();
        survey.answers().forEach((node, answers) -> {
            rows.put(node, answers.to(STORAGE));
            storage.add(storage(node, answers));
        });
        List<Node> without =
                survey.unanswered().stream().map(UnansweredNode::node).toList();
        List<TableFigures> tables = tables(session, rows).stream()
                .map(table -> figures(table, rows, without))
                .toList();
        return new ProjectContents(storage, tables, survey.unanswered());
    }

    private StorageOnNode storage(Node node, BatchResult answers) {
        long tables = 0;
        long indexes = 0;
        int shards = 0;
        long shardBytes = 0;
        for (Record row : answers.to(STORAGE)) {
            long tableBytes =
                    ResultReader.number(row, ContentQueries.TABLE_BYTES).orElse(0);
            long indexBytes =
                    ResultReader.number(row, ContentQueries.INDEX_BYTES).orElse(0);
            int count = ResultReader.count(row, ContentQueries.SHARDS);
            tables += tableBytes;
            indexes += indexBytes;
            shards += count;
            shardBytes += count == 0 ? 0 : tableBytes + indexBytes;
        }
        OptionalLong size = new SharedFigures(node, answers)
                .database(project)
                .map(database -> database.size())
                .orElse(OptionalLong.empty());
        return new StorageOnNode(node, size, tables, indexes, shards, shardBytes);
    }

    private List<TableInfo> tables(Session session, Map<Node, List<Record>> rows) {
        if (citus) {
            return new TableCatalog(session).all();
        }
        return rows.values().stream()
                .flatMap(List::stream)
                .map(row -> new TableInfo(
                        name(row), TableKind.LOCAL, Optional.empty(), OptionalInt.empty(), OptionalInt.empty()))
                .toList();
    }

    private static TableFigures figures(TableInfo table, Map<Node, List<Record>> rows, List<Node> without) {
        List<TableOnNode> parts = new ArrayList<>();
        String owner = "";
        for (Map.Entry<Node, List<Record>> onNode : rows.entrySet()) {
            for (Record row : onNode.getValue()) {
                if (name(row).equals(table.name())) {
                    owner = owner.isEmpty()
                            ? ResultReader.text(row, ContentQueries.OWNER).orElse("")
                            : owner;
                    if (isPart(row, table, onNode.getKey())) {
                        parts.add(part(onNode.getKey(), row));
                    }
                }
            }
        }
        return new TableFigures(table, owner, parts, table.kind() == TableKind.LOCAL ? List.of() : without);
    }

    /** The rows of a distributed table are in its shards; the table of its own name is empty. */
    private static boolean isPart(Record row, TableInfo table, Node node) {
        boolean shards = ResultReader.count(row, ContentQueries.SHARDS) > 0;
        return table.kind() == TableKind.LOCAL
                ? node.isCoordinator() && (shards || table.colocation().isEmpty())
                : shards;
    }

    private static TableOnNode part(Node node, Record row) {
        return new TableOnNode(
                node,
                ResultReader.count(row, ContentQueries.SHARDS),
                ResultReader.number(row, ContentQueries.TABLE_BYTES).orElse(0),
                ResultReader.number(row, ContentQueries.INDEX_BYTES).orElse(0),
                ResultReader.number(row, ContentQueries.LARGEST).orElse(0),
                ResultReader.number(row, ContentQueries.ROWS));
    }

    private static TableName name(Record row) {
        return new TableName(
                ResultReader.text(row, ContentQueries.SCHEMA).orElse(""),
                ResultReader.text(row, ContentQueries.TABLE).orElse(""));
    }
}
