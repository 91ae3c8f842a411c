package org.citustenancy.internal.tables;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.IncompleteException;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.sql.RowOwnerQueries;
import org.citustenancy.internal.sql.TableStatements;
import org.citustenancy.internal.tables.rules.DistributionComparison;
import org.citustenancy.internal.tables.rules.RuleStatements;
import org.citustenancy.internal.tables.rules.RuleStep;
import org.citustenancy.statistics.activity.StatementFigures;
import org.citustenancy.tables.Distribution;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.RulesSuggestion;
import org.citustenancy.tables.TableChange;
import org.citustenancy.tables.TableInfo;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;
import org.citustenancy.tables.TablesPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes the distribution of the tables of one project. */
public final class TableDistributor {

    private static final Logger LOG = LoggerFactory.getLogger(TableDistributor.class);
    private static final TableChange WITHOUT_CITUS =
            new TableChange(false, "nothing was done: the server has no Citus, so every table is an ordinary one");

    private final TableAccess access;

    /**
     * Creates a distributor of the tables of a project.
     *
     * @param access the access to the tables
     */
    public TableDistributor(TableAccess access) {
        this.access = access;
    }

    /**
     * Distributes a table by a column.
     *
     * @param column the distribution column
     * @param how the other options
     */
    public TableChange distribute(TableName name, String column, Distribution how) {
        return change((session, tables) -> {
            TableInfo table = tables.find(name);
            tables.requireColumn(name, column);
            Optional<TableInfo> partner = how.colocatedWith().map(tables::find);
            if (table.kind() == TableKind.DISTRIBUTED) {
                DistributionComparison comparison = new DistributionComparison(table, tables.neighbours(table));
                comparison.difference(column, partner, how).ifPresent(difference -> {
                    throw new ConflictException(difference);
                });
                return new TableChange(false, table.name() + " is " + comparison.inShards() + " already");
            }
            requireLocal(table, "distributed by \"" + column + "\"");
            tables.requireKeysWith(name, column);
            run(session, new RuleStep.Distribute(name, column, how, tables.hasForeignKeys(name)));
            return confirmed(tables.find(name), TableKind.DISTRIBUTED, "distributed by \"" + column + "\"");
        });
    }

    /** Copies a table to every node. */
    public TableChange reference(TableName name) {
        return change((session, tables) -> {
            TableInfo table = tables.find(name);
            if (table.kind() == TableKind.REFERENCE) {
                return new TableChange(false, name + " is a reference table already");
            }
            requireLocal(table, "a reference table");
            run(session, new RuleStep.Reference(name, false));
            return confirmed(tables.find(name), TableKind.REFERENCE, "a reference table");
        });
    }

    /** Converts a table to a local one. */
    public TableChange undistribute(TableName name) {
        return change((session, tables) -> {
            TableInfo table = tables.find(name);
            if (table.kind() == TableKind.LOCAL) {
                return new TableChange(false, name + " is a local table already");
            }
            if (table.kind() == TableKind.SCHEMA) {
                throw new ConflictException(
                        DistributionComparison.conflict(table, DistributionComparison.inWords(table), "a local table"));
            }
            run(
                    session,
                    RowOwnerQueries.tables(List.of(name)),
                    "bring " + name + " back",
                    TableStatements.undistribute(name.schema(), name.table()));
            return confirmed(tables.find(name), TableKind.LOCAL, "a local table again");
        });
    }

    /**
     * Distributes a schema, so that its tables are on one node, or undistributes it.
     *
     * @param distributed whether to distribute it
     */
    public TableChange schema(String schema, boolean distributed) {
        return change((session, tables) -> {
            String state = distributed ? "distributed" : "local";
            if (tables.isDistributedSchema(schema) == distributed) {
                return new TableChange(false, "the schema \"" + schema + "\" is " + state + " already");
            }
            run(
                    session,
                    RowOwnerQueries.inSchema(schema),
                    "make the schema \"" + schema + "\" " + state,
                    distributed
                            ? TableStatements.distributeSchema(schema)
                            : TableStatements.undistributeSchema(schema));
            if (tables.isDistributedSchema(schema) != distributed) {
                throw notConfirmed("the schema \"" + schema + "\"", state);
            }
            return new TableChange(true, "the schema \"" + schema + "\" is now " + state);
        });
    }

    /**
     * Returns the project's tables.
     *
     * @return by schema and name
     */
    public List<TableInfo> list() {
        return access.read(TableCatalog::all).orElse(List.of());
    }

    /**
     * Returns the number of shards on each node.
     *
     * @return the numbers by the node's address
     */
    public Map<String, Integer> shardsPerNode() {
        return access.read(TableCatalog::shardsPerNode).orElse(Map.of());
    }

    /**
     * Returns the rules that the project declares.
     *
     * @return absent if there are none
     * @throws org.citustenancy.errors.InvalidRequestException if they cannot be known
     */
    public Optional<DistributionRules> rules() {
        return access.rules();
    }

    /**
     * Compares all tables with rules.
     *
     * @return the plan
     */
    public TablesPlan plan(DistributionRules rules) {
        return access.read(tables -> tables.plan(rules).shown()).orElse(TablesPlan.WITHOUT_CITUS);
    }

    /**
     * Suggests rules.
     *
     * @param statements the statements of the project, none if they are not tracked
     */
    public RulesSuggestion suggest(List<StatementFigures> statements) {
        return access.read(tables -> tables.suggest(statements)).orElse(RulesSuggestion.WITHOUT_CITUS);
    }

    /**
     * Distributes all tables as rules say.
     *
     * @return the tables afterwards, and the steps that ran
     */
    public TablesPlan apply(DistributionRules rules) {
        return access.change(session -> new RulesApplication(access, session, rules).apply())
                .orElse(TablesPlan.WITHOUT_CITUS);
    }

    private interface Change {
        TableChange make(TableAccess.Change session, TableCatalog tables);
    }

    private TableChange change(Change change) {
        TableChange made = access.change(session -> change.make(session, new TableCatalog(session.reading())))
                .orElse(WITHOUT_CITUS);
        if (made.changed()) {
            LOG.info("Changed {}: {}", access, made);
        }
        return made;
    }

    /** Runs a step with the privileges of the tables' owner. */
    static void run(TableAccess.Change change, RuleStep step) {
        run(change, RuleStatements.moved(step), step.description(), RuleStatements.of(step));
    }

    private static void run(
            TableAccess.Change change,
            RowOwnerQueries.Tables moved,
            String step,
            ResultQuery<? extends Record> statement) {
        change.move(moved, session -> run(session, step, statement));
    }

    private static void run(Session session, String step, ResultQuery<? extends Record> statement) {
        try {
            session.fetch(statement);
        } catch (ServerErrorException refused) {
            throw new StepFailedException(
                    Failure.of("The server refused: " + refused.serverMessage() + " [" + refused.sqlState() + "]")
                            .where(session.place().at(step))
                            .state("nothing was changed by this step")
                            .fix("read what the server says, remove that cause, and try again"),
                    refused);
        }
    }

    private static void requireLocal(TableInfo table, String wanted) {
        if (table.kind() != TableKind.LOCAL) {
            throw new ConflictException(
                    DistributionComparison.conflict(table, DistributionComparison.inWords(table), wanted));
        }
    }

    private static TableChange confirmed(TableInfo after, TableKind wanted, String state) {
        if (after.kind() != wanted) {
            throw notConfirmed(after.name().toString(), state);
        }
        return new TableChange(true, after.name() + " is now " + state);
    }

    static IncompleteException notConfirmed(String what, String state) {
        return new IncompleteException(Failure.of("The server did it, and yet " + what + " is not " + state)
                .fix("see who else changes it at the same time, and try again"));
    }
}
