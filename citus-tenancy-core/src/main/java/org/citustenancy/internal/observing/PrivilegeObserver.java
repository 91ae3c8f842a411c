package org.citustenancy.internal.observing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.internal.observing.ObservedPrivileges.Held;
import org.citustenancy.internal.observing.ObservedPrivileges.NewObjects;
import org.citustenancy.internal.observing.ObservedPrivileges.Relation;
import org.citustenancy.internal.observing.ObservedPrivileges.Schema;
import org.citustenancy.internal.sql.PrivilegeQueries;
import org.citustenancy.tables.TableName;

/** Queries privileges inside a project's database, and parses the answers. */
final class PrivilegeObserver {

    private static final Map<String, String> KINDS_OF_NEW = Map.of("r", "tables", "S", "sequences", "n", "schemas");

    private PrivilegeObserver() {}

    static Question<ObservedPrivileges> question(
            boolean citus, Collection<String> users, Collection<TableName> tables) {
        Question<AboutRelations> relations = aboutRelations(citus, users);
        Question<Map<String, Schema>> schemas =
                Question.of(PrivilegeQueries.onSchemas(users), PrivilegeObserver::schemas);
        Question<Map<NewObjects, Set<String>>> onNew =
                Question.of(PrivilegeQueries.onNewObjects(users), PrivilegeObserver::onNew);
        Question<List<String>> owners =
                Question.list(PrivilegeQueries.owners(users), row -> row.text(PrivilegeQueries.ROLE));
        Question<ObservedFunctions> functions = ObservedFunctions.question();
        Question<Map<TableName, Set<String>>> columns = Question.of(
                        PrivilegeQueries.columns(tables), PrivilegeObserver::columns)
                .onlyIf(!tables.isEmpty());
        return Question.together(
                List.of(relations, schemas, onNew, owners, functions, columns),
                answers -> new ObservedPrivileges(
                        answers.to(relations).relations(),
                        answers.to(relations).onRelations(),
                        answers.to(relations).onColumns(),
                        answers.to(columns),
                        answers.to(schemas),
                        answers.to(onNew),
                        Set.copyOf(answers.to(owners)),
                        answers.to(functions)));
    }

    private record AboutRelations(
            Map<TableName, Relation> relations,
            Map<TableName, Map<String, List<Held>>> onRelations,
            Map<TableName, Map<String, Map<String, List<Held>>>> onColumns) {}

    private static Question<AboutRelations> aboutRelations(boolean citus, Collection<String> users) {
        Question<Map<TableName, Relation>> relations =
                Question.map(PrivilegeQueries.relations(), PrivilegeObserver::table, PrivilegeObserver::relation);
        Question<Map<TableName, Map<String, List<Held>>>> onRelations =
                Question.of(PrivilegeQueries.onRelations(users), PrivilegeObserver::onRelations);
        Question<Map<TableName, Map<String, Map<String, List<Held>>>>> onColumns =
                Question.of(PrivilegeQueries.onColumns(users), PrivilegeObserver::onColumns);
        return Question.together(
                        List.of(relations, onRelations, onColumns),
                        answers -> new AboutRelations(
                                answers.to(relations), answers.to(onRelations), answers.to(onColumns)))
                .within(queries -> PrivilegeQueries.aboutRelations(citus, queries));
    }

    private static Relation relation(AnswerRow row) {
        return new Relation(
                row.text(PrivilegeQueries.KIND).equals("S"),
                row.text(PrivilegeQueries.OWNER),
                row.number(PrivilegeQueries.COUNT));
    }

    private static Map<TableName, Map<String, List<Held>>> onRelations(List<AnswerRow> rows) {
        Map<TableName, Map<String, List<Held>>> held = new HashMap<>();
        rows.forEach(row -> held.computeIfAbsent(table(row), name -> new HashMap<>())
                .computeIfAbsent(row.text(PrivilegeQueries.ROLE), role -> new ArrayList<>())
                .add(held(row)));
        return held;
    }

    private static Map<TableName, Map<String, Map<String, List<Held>>>> onColumns(List<AnswerRow> rows) {
        Map<TableName, Map<String, Map<String, List<Held>>>> held = new HashMap<>();
        rows.forEach(row -> held.computeIfAbsent(table(row), name -> new HashMap<>())
                .computeIfAbsent(row.text(PrivilegeQueries.ROLE), role -> new HashMap<>())
                .computeIfAbsent(row.text(PrivilegeQueries.COLUMN), column -> new ArrayList<>())
                .add(held(row)));
        return held;
    }

    private static Map<TableName, Set<String>> columns(List<AnswerRow> rows) {
        Map<TableName, Set<String>> columns = new HashMap<>();
        rows.forEach(row ->
                columns.computeIfAbsent(table(row), name -> new HashSet<>()).add(row.text(PrivilegeQueries.COLUMN)));
        return columns;
    }

    private static Map<String, Schema> schemas(List<AnswerRow> rows) {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        for (AnswerRow row : rows) {
            Schema schema = schemas.computeIfAbsent(
                    row.text(PrivilegeQueries.SCHEMA),
                    name -> new Schema(row.text(PrivilegeQueries.OWNER), new HashMap<>()));
            row.optionalText(PrivilegeQueries.ROLE)
                    .ifPresent(role -> schema.privileges().put(role, privileges(row)));
        }
        return schemas;
    }

    private static Map<NewObjects, Set<String>> onNew(List<AnswerRow> rows) {
        Map<NewObjects, Set<String>> held = new HashMap<>();
        for (AnswerRow row : rows) {
            String kind = KINDS_OF_NEW.get(row.text(PrivilegeQueries.KIND));
            if (kind != null) {
                held.put(
                        new NewObjects(
                                row.text(PrivilegeQueries.OWNER),
                                row.text(PrivilegeQueries.SCHEMA),
                                kind,
                                row.text(PrivilegeQueries.ROLE)),
                        privileges(row));
            }
        }
        return held;
    }

    private static Held held(AnswerRow row) {
        return new Held(privileges(row), row.number(PrivilegeQueries.COUNT));
    }

    private static Set<String> privileges(AnswerRow row) {
        return Set.copyOf(Arrays.asList(row.text(PrivilegeQueries.PRIVILEGES).split(",", -1)));
    }

    private static TableName table(AnswerRow row) {
        return new TableName(row.text(PrivilegeQueries.SCHEMA), row.text(PrivilegeQueries.RELATION));
    }
}
