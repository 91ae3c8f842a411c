package org.citustenancy.internal.tables;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.internal.sql.TableQueries;
import org.citustenancy.internal.tables.rules.KeyReplacement;
import org.citustenancy.internal.tables.rules.ObservedTables;
import org.citustenancy.internal.tables.rules.RulesPlanner;
import org.citustenancy.internal.tables.suggestion.RulesSuggester;
import org.citustenancy.statistics.activity.StatementFigures;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.RulesSuggestion;
import org.citustenancy.tables.TableInfo;
import org.citustenancy.tables.TableName;

/** Reads the tables of a project through a session in its database. */
public final class TableCatalog {

    private final Session session;

    /**
     * Creates the catalog of a database with Citus.
     *
     * @param session a session in it on the coordinator
     */
    public TableCatalog(Session session) {
        this.session = session;
    }

    /**
     * Returns all tables, except those in system schemas.
     *
     * @return by schema and name
     */
    public List<TableInfo> all() {
        return session.fetch(TableQueries.tables()).stream()
                .map(ObservedTables::info)
                .toList();
    }

    TableInfo find(TableName name) {
        return session.fetch(TableQueries.table(name.schema(), name.table())).stream()
                .map(ObservedTables::info)
                .findFirst()
                .orElseThrow(() -> missing(name));
    }

    /** Returns the tables that are colocated with a distributed one. */
    List<TableName> neighbours(TableInfo table) {
        return all().stream()
                .filter(other -> other.colocation().equals(table.colocation()))
                .map(TableInfo::name)
                .filter(name -> !name.equals(table.name()))
                .toList();
    }

    private NotFoundException missing(TableName name) {
        String others = session.fetch(TableQueries.tables()).stream()
                .map(row -> ObservedTables.info(row).name().toString())
                .limit(20)
                .collect(Collectors.joining(", "));
        return new NotFoundException(
                Failure.of("There is no table \"" + name.table() + "\" in the schema \"" + name.schema() + "\"")
                        .where(session.place())
                        .state("nothing was changed")
                        .fix(
                                others.isEmpty()
                                        ? "create it first; the database has no tables yet"
                                        : "create it first, or name one of: " + others));
    }

    void requireColumn(TableName name, String column) {
        List<String> columns =
                session.fetch(TableQueries.columns(name.schema(), name.table())).getValues(TableQueries.COLUMN);
        if (!columns.contains(column)) {
            throw new NotFoundException(Failure.of("The table " + name + " has no column \"" + column + "\"")
                    .where(session.place())
                    .state("nothing was changed")
                    .fix("name one of: " + String.join(", ", columns)));
        }
    }

    /**
     * Throws if a key of the table does not contain the column, because Citus cannot enforce such a key on several
     * nodes.
     */
    void requireKeysWith(TableName name, String column) {
        List<? extends Record> keys = session.fetch(TableQueries.keysWithout(name.schema(), name.table(), column));
        if (keys.isEmpty()) {
            return;
        }
        List<KeyReplacement> replacements = keys.stream()
                .map(key -> new KeyReplacement(
                        key.get(TableQueries.PRIMARY), key.get(TableQueries.KEY), key.get(TableQueries.KEY_COLUMNS)))
                .toList();
        throw new StepFailedException(Failure.of(
                        "The table " + name + " cannot be distributed by \"" + column + "\", which is not in "
                                + replacements.stream()
                                        .map(KeyReplacement::inWords)
                                        .collect(Collectors.joining(" and not in ")))
                .where(session.place())
                .state("nothing was changed")
                .fix(replacements.stream().map(key -> key.fix(name, column)).collect(Collectors.joining("; "))
                        + "; or distribute it by a column of the key"));
    }

    /** Checks whether foreign keys lead from or to a table. */
    boolean hasForeignKeys(TableName name) {
        return session.fetch(TableQueries.foreignKeys(name.schema(), name.table()))
                .get(0)
                .get(TableQueries.CONNECTED);
    }

    /** Plans the steps after which all tables are distributed as rules say. */
    RulesPlanner.Plan plan(DistributionRules rules) {
        return RulesPlanner.plan(session, rules);
    }

    /**
     * Suggests rules for all tables.
     *
     * @param statements the statements of the project, none if they are not tracked
     */
    RulesSuggestion suggest(List<StatementFigures> statements) {
        ObservedTables observed = ObservedTables.read(session);
        return new RulesSuggester(observed, observed.sizes(session), statements).suggest();
    }

    /** Checks whether a schema is distributed. */
    boolean isDistributedSchema(String schema) {
        return session.fetch(TableQueries.schema(schema)).stream()
                .map(row -> row.get(TableQueries.COLOCATION) != null)
                .findFirst()
                .orElseThrow(() -> new NotFoundException(Failure.of("There is no schema \"" + schema + "\"")
                        .where(session.place())
                        .state("nothing was changed")
                        .fix("create it first")));
    }

    Map<String, Integer> shardsPerNode() {
        Map<String, Integer> shards = new TreeMap<>();
        session.fetch(TableQueries.shardsPerNode())
                .forEach(row -> shards.put(
                        row.get(NodeStatements.NODE_NAME) + ":" + row.get(NodeStatements.NODE_PORT),
                        row.get(TableQueries.SHARDS)));
        return shards;
    }
}
