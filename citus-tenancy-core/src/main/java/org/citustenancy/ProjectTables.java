package org.citustenancy;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.names.Names;
import org.citustenancy.internal.tables.ConnectionAccess;
import org.citustenancy.internal.tables.TableDistributor;
import org.citustenancy.statistics.activity.StatementFigures;
import org.citustenancy.tables.Distribution;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.RulesSuggestion;
import org.citustenancy.tables.TableChange;
import org.citustenancy.tables.TableInfo;
import org.citustenancy.tables.TableName;
import org.citustenancy.tables.TablesPlan;

/**
 * The tables of a project and their distribution over the nodes.
 *
 * <pre>{@code
 * app.tables().distribute("users", "id");
 * app.tables().distribute("orders", "user_id", options -> options.colocatedWith("users"));
 * app.tables().reference("products");
 * }</pre>
 *
 * <p>A call for a table that is already distributed as requested changes nothing, and its result reports that. Table
 * names have the syntax of {@link TableName#of}. On a server without Citus a call does nothing, and its result gives
 * the reason.
 */
public final class ProjectTables {

    private final TableDistributor distributor;
    private final Supplier<List<StatementFigures>> statements;

    /**
     * Creates the tables of a project.
     *
     * @param statements reads the statements that ran in the project
     */
    ProjectTables(TableDistributor distributor, Supplier<List<StatementFigures>> statements) {
        this.distributor = distributor;
        this.statements = statements;
    }

    /**
     * Returns the tables of a connection's project, for migrations that run on a given connection. Changes run as the
     * connection's user and in its transaction.
     *
     * <pre>{@code
     * ProjectTables tables = ProjectTables.over(connection);
     * tables.distribute("users", "id");
     * }</pre>
     *
     * <p>Citus distributes a table only if no local table references it by a foreign key. Create a table and distribute
     * it before you create the next one that references it. In a transaction, the first change sets {@code
     * citus.multi_shard_modify_mode} to {@code sequential} for the rest of the transaction, so that types, indexes and
     * foreign keys may follow. {@link Project#repair()} or the project's next request grants the privileges that wait
     * for a table.
     *
     * @param connection a connection to the project's database on the coordinator; it is neither committed nor closed,
     *     and is not used between calls
     * @return the tables; every method throws {@link org.citustenancy.errors.ConflictException} if the server has Citus
     *     and that database does not
     */
    public static ProjectTables over(Connection connection) {
        return new ProjectTables(new TableDistributor(new ConnectionAccess(connection)), List::of);
    }

    /**
     * Distributes a table by a column.
     *
     * @param table the table
     * @param column the distribution column
     * @return the outcome
     * @throws org.citustenancy.errors.NotFoundException if the table or the column does not exist
     * @throws org.citustenancy.errors.ConflictException if the table is distributed differently
     * @throws org.citustenancy.errors.StepFailedException if the server refuses the change
     */
    public TableChange distribute(String table, String column) {
        return distribute(table, column, UnaryOperator.identity());
    }

    /**
     * Distributes a table by a column, with options.
     *
     * @param table the table
     * @param column the distribution column
     * @param options changes {@link Distribution#STANDARD}
     * @return the outcome
     * @throws org.citustenancy.errors.NotFoundException if the table or the column does not exist
     * @throws org.citustenancy.errors.ConflictException if the table is distributed differently, or the options
     *     contradict each other
     * @throws org.citustenancy.errors.StepFailedException if the server refuses the change
     */
    public TableChange distribute(String table, String column, UnaryOperator<Distribution> options) {
        return distributor.distribute(
                TableName.of(table), Names.identifier("column", column), options.apply(Distribution.STANDARD));
    }

    /**
     * Makes a table a reference table: copies it to every node, for joins with any other table.
     *
     * @param table the table
     * @return the outcome
     * @throws org.citustenancy.errors.NotFoundException if the table does not exist
     * @throws org.citustenancy.errors.ConflictException if the table is distributed differently
     */
    public TableChange reference(String table) {
        return distributor.reference(TableName.of(table));
    }

    /**
     * Converts a distributed or reference table back to a local one.
     *
     * @param table the table
     * @return the outcome
     * @throws org.citustenancy.errors.NotFoundException if the table does not exist
     * @throws org.citustenancy.errors.ConflictException if the table is part of a distributed schema
     */
    public TableChange undistribute(String table) {
        return distributor.undistribute(TableName.of(table));
    }

    /**
     * Distributes a schema: places all its tables on one node (schema-based sharding).
     *
     * @param schema the schema
     * @return the outcome
     * @throws org.citustenancy.errors.NotFoundException if the schema does not exist
     */
    public TableChange distributeSchema(String schema) {
        return distributor.schema(Names.identifier("schema", schema), true);
    }

    /**
     * Converts a distributed schema back to a local one.
     *
     * @param schema the schema
     * @return the outcome
     * @throws org.citustenancy.errors.NotFoundException if the schema does not exist
     */
    public TableChange undistributeSchema(String schema) {
        return distributor.schema(Names.identifier("schema", schema), false);
    }

    /**
     * Returns the rules that the project declares by {@link ProjectRequest#distribution(DistributionRules)}.
     *
     * @return absent if it declares none
     * @throws org.citustenancy.errors.InvalidRequestException for the tables of a {@linkplain #over connection}, which
     *     does not know the rules
     */
    public Optional<DistributionRules> rules() {
        return distributor.rules();
    }

    private DistributionRules declared() {
        return rules().orElseThrow(() ->
                new NotFoundException(Failure.of("The project declares no rules for the distribution of its tables")
                        .state("nothing was changed")
                        .fix("request the project with distribution(...), or pass the rules")));
    }

    /**
     * Compares all tables with the rules that the project declares, as {@link #plan(DistributionRules)} does.
     *
     * @return what the rules say about each table, the statements that lead there, and the problems that prevent it
     * @throws org.citustenancy.errors.NotFoundException if the project declares no rules by {@link
     *     ProjectRequest#distribution(DistributionRules)}
     * @throws org.citustenancy.errors.InvalidRequestException for the tables of a {@linkplain #over connection}, which
     *     does not know the rules
     */
    public TablesPlan plan() {
        return plan(declared());
    }

    /**
     * Compares all tables with rules for their distribution. Reads only.
     *
     * <pre>{@code
     * TablesPlan plan = shop.tables().plan(rules);
     * plan.steps().forEach(step -> System.out.println(step.statement()));
     * plan.problems().forEach(System.out::println);
     * }</pre>
     *
     * @param rules the rules
     * @return what the rules say about each table, the statements that lead there, and the problems that prevent it
     */
    public TablesPlan plan(DistributionRules rules) {
        return distributor.plan(Names.given("rules", rules));
    }

    /**
     * Distributes all tables as the rules that the project declares say. Call it after each migration.
     *
     * <pre>{@code
     * flyway.migrate();
     * shop.tables().apply();
     * }</pre>
     *
     * @return the tables afterwards, and the steps that ran
     * @throws org.citustenancy.errors.NotFoundException if the project declares no rules by {@link
     *     ProjectRequest#distribution(DistributionRules)}
     * @throws org.citustenancy.errors.InvalidRequestException for the tables of a {@linkplain #over connection}, which
     *     does not know the rules
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #apply(DistributionRules)} does
     */
    public TablesPlan apply() {
        return apply(declared());
    }

    /**
     * Distributes all tables as rules say. Call it after each migration: a table that is distributed as its rule says is
     * not changed.
     *
     * <pre>{@code
     * flyway.migrate();
     * shop.tables().apply(rules);
     * }</pre>
     *
     * <p>The tables are changed one after another. Rows move while statements that write to the table wait.
     *
     * @param rules the rules
     * @return the tables afterwards, and the steps that ran; none if all tables were as the rules say
     * @throws org.citustenancy.errors.ConflictException if the plan has problems, with all of them; nothing was changed
     * @throws org.citustenancy.errors.StepFailedException if the server refuses a step, with the steps that were done;
     *     another call goes on from there
     */
    public TablesPlan apply(DistributionRules rules) {
        return distributor.apply(Names.given("rules", rules));
    }

    /**
     * Suggests rules for the distribution of the tables, from their columns, keys, foreign keys and sizes, and from the
     * statements that ran, where {@code pg_stat_statements} is in the maintenance database. Reads only.
     *
     * <pre>{@code
     * System.out.println(shop.tables().suggest());
     * }</pre>
     *
     * <p>The result contains the rules as Java code, the changes of keys that must come before, and what needs a decision
     * of yours. The sizes are those of rows on the coordinator: call it before the tables are distributed. The tables of
     * a {@linkplain #over connection} are suggested without statements.
     *
     * @return the suggestion; without rules if no table can be distributed
     * @see <a href="https://docs.citusdata.com/en/stable/sharding/data_modeling.html">Choosing Distribution Column</a>
     */
    public RulesSuggestion suggest() {
        return distributor.suggest(statements.get());
    }

    /**
     * Returns the project's tables, as registered on the coordinator.
     *
     * @return the tables by schema and name; none on a server without Citus
     */
    public List<TableInfo> list() {
        return distributor.list();
    }

    /**
     * Returns the number of shards on each node.
     *
     * @return the numbers by the node's address, as the other nodes reach it
     */
    public Map<String, Integer> shardsPerNode() {
        return distributor.shardsPerNode();
    }
}
