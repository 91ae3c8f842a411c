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
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.internal.sql.PrivilegeQueries;
import org.citustenancy.tables.TableName;

/** Asks about privileges inside a project's database, and reads the answers. */
final class PrivilegeObserver {

    private static final Map<String, String> KINDS_OF_NEW = Map.of("r", "tables", "S", "sequences", "n", "schemas");

    private PrivilegeObserver() {}

    static Map<String, Select<?>> questions(boolean citus, Collection<String> users, Collection<TableName> tables) {
        Map<String, Select<?>> questions = new LinkedHashMap<>();
        questions.put(
                NodeStatements.SEVERAL,
                PrivilegeQueries.aboutRelations(citus, users, "relations", "on relations", "on columns"));
        questions.put("on schemas", PrivilegeQueries.onSchemas(users));
        questions.put("on new objects", PrivilegeQueries.onNewObjects(users));
        questions.put("owners", PrivilegeQueries.owners(users));
        questions.putAll(ObservedFunctions.questions());
        if (!tables.isEmpty()) {
            questions.put("columns", PrivilegeQueries.columns(tables));
        }
        return questions;
    }

    static ObservedPrivileges read(BatchResult answers) {
        Map<TableName, Relation> relations = new LinkedHashMap<>();
        for (Record row : answers.to("relations")) {
            relations.put(
                    table(row),
                    new Relation(
                            text(row, PrivilegeQueries.KIND).equals("S"),
                            text(row, PrivilegeQueries.OWNER),
                            number(row, PrivilegeQueries.COUNT)));
        }
        Map<TableName, Set<String>> columns = new HashMap<>();
        for (Record row : answers.to("columns")) {
            columns.computeIfAbsent(table(row), name -> new HashSet<>()).add(text(row, PrivilegeQueries.COLUMN));
        }
        Set<String> owners = new HashSet<>();
        answers.to("owners").forEach(row -> owners.add(text(row, PrivilegeQueries.ROLE)));
        return new ObservedPrivileges(
                relations,
                onRelations(answers),
                onColumns(answers),
                columns,
                schemas(answers),
                onNew(answers),
                owners,
                ObservedFunctions.read(answers));
    }

    private static Map<TableName, Map<String, List<Held>>> onRelations(BatchResult answers) {
        Map<TableName, Map<String, List<Held>>> held = new HashMap<>();
        for (Record row : answers.to("on relations")) {
            held.computeIfAbsent(table(row), name -> new HashMap<>())
                    .computeIfAbsent(text(row, PrivilegeQueries.ROLE), role -> new ArrayList<>())
                    .add(held(row));
        }
        return held;
    }

    private static Map<TableName, Map<String, Map<String, List<Held>>>> onColumns(BatchResult answers) {
        Map<TableName, Map<String, Map<String, List<Held>>>> held = new HashMap<>();
        for (Record row : answers.to("on columns")) {
            held.computeIfAbsent(table(row), name -> new HashMap<>())
                    .computeIfAbsent(text(row, PrivilegeQueries.ROLE), role -> new HashMap<>())
                    .computeIfAbsent(text(row, PrivilegeQueries.COLUMN), column -> new ArrayList<>())
                    .add(held(row));
        }
        return held;
    }

    private static Map<String, Schema> schemas(BatchResult answers) {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        for (Record row : answers.to("on schemas")) {
            Schema schema = schemas.computeIfAbsent(
                    text(row, PrivilegeQueries.SCHEMA),
                    name -> new Schema(text(row, PrivilegeQueries.OWNER), new HashMap<>()));
            String role = row.get(PrivilegeQueries.ROLE.getName(), String.class);
            if (role != null) {
                schema.privileges().put(role, privileges(row));
            }
        }
        return schemas;
    }

    private static Map<NewObjects, Set<String>> onNew(BatchResult answers) {
        Map<NewObjects, Set<String>> held = new HashMap<>();
        for (Record row : answers.to("on new objects")) {
            String kind = KINDS_OF_NEW.get(text(row, PrivilegeQueries.KIND));
            if (kind != null) {
                held.put(
                        new NewObjects(
                                text(row, PrivilegeQueries.OWNER),
                                text(row, PrivilegeQueries.SCHEMA),
                                kind,
                                text(row, PrivilegeQueries.ROLE)),
                        privileges(row));
            }
        }
        return held;
    }

    private static Held held(Record row) {
        return new Held(privileges(row), number(row, PrivilegeQueries.COUNT));
    }

    private static Set<String> privileges(Record row) {
        return Set.copyOf(Arrays.asList(text(row, PrivilegeQueries.PRIVILEGES).split(",", -1)));
    }

    private static TableName table(Record row) {
        return new TableName(text(row, PrivilegeQueries.SCHEMA), text(row, PrivilegeQueries.RELATION));
    }

    private static String text(Record row, Field<String> field) {
        return String.valueOf(row.get(field.getName(), String.class));
    }

    private static int number(Record row, Field<Integer> field) {
        Integer value = row.get(field.getName(), Integer.class);
        return value == null ? 0 : value;
    }
}
