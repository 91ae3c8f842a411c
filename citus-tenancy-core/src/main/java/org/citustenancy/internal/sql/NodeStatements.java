package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.QueryPart;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.Table;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.topology.Node;

/**
 * Statements that the coordinator sends to the other nodes.
 *
 * <p>{@code master_run_on_worker} has its nodes as arguments, so it works in a database without registered nodes. It
 * opens a connection to the database of the same name on each, sends one statement, reports a failure as a row, and
 * closes the connection. Of several statements in one text it would wait for the first only.
 */
public final class NodeStatements {

    /** The node's name in an answer. */
    public static final Field<String> NODE_NAME = field(name("node_name"), SQLDataType.VARCHAR);

    /** The node's port in an answer. */
    public static final Field<Integer> NODE_PORT = field(name("node_port"), SQLDataType.INTEGER);

    /** Whether the node succeeded. */
    public static final Field<Boolean> SUCCESS = field(name("success"), SQLDataType.BOOLEAN);

    /** The first column of the first row, or the error. */
    public static final Field<String> RESULT = field(name("result"), SQLDataType.VARCHAR);

    /** The index of the query that a row answers, from 0. */
    public static final Field<Integer> QUESTION = field(name("q"), SQLDataType.INTEGER);

    /** The row, as JSON. */
    public static final Field<String> ROW = field(name("r"), SQLDataType.VARCHAR);

    private NodeStatements() {}

    /**
     * Sends each node its statement, all at once, and waits for all.
     *
     * @param commands a statement for each node, as text
     * @return a query that returns one row per node
     */
    public static ResultQuery<? extends Record> run(Map<Node, String> commands) {
        List<Node> nodes = List.copyOf(commands.keySet());
        return DSL.select(NODE_NAME, NODE_PORT, SUCCESS, RESULT)
                .from(table(
                        "pg_catalog.master_run_on_worker(array[{0}], array[{1}], array[{2}], true)",
                        DSL.list(
                                nodes.stream().map(node -> literal(node.host())).toList()),
                        DSL.list(
                                nodes.stream().map(node -> literal(node.port())).toList()),
                        DSL.list(nodes.stream()
                                .map(node -> literal(Objects.requireNonNull(commands.get(node))))
                                .toList())));
    }

    /**
     * Returns a query that checks whether a node answers.
     *
     * @return a query that any role may send
     */
    public static Select<?> anything() {
        return DSL.select(DSL.inline(1));
    }

    /**
     * Combines several statements into one for a worker: all or none, without propagation by Citus, and with an error
     * that starts with {@code [sqlstate] number:} where the number is the failed statement's, from 1.
     *
     * @param statements the statements
     * @return one statement
     */
    public static Query atomically(List<Query> statements) {
        List<Query> numbered = IntStream.range(0, statements.size())
                .mapToObj(index -> statement(
                        "step := {0}; execute {1};", literal(index + 1), literal(Sql.text(statements.get(index)))))
                .toList();
        return statement("do {0}", literal(Sql.text(statement("""
                        declare
                          step integer := 0;
                          detail text;
                        begin
                          perform pg_catalog.set_config('citus.enable_ddl_propagation', 'off', true);
                          perform pg_catalog.set_config('search_path', 'pg_catalog', true);
                          {0}
                        exception when others then
                          get stacked diagnostics detail = pg_exception_detail;
                          raise exception using
                            message = pg_catalog.format('[%s] %s: %s', sqlstate, step, pg_catalog.concat_ws('; ', sqlerrm, nullif(detail, ''))),
                            errcode = sqlstate;
                        end""", Sql.sequence(numbered)))));
    }

    /**
     * Combines several queries into one, whose only value is a JSON array with the {@link #QUESTION} and the {@link
     * #ROW} of each row.
     *
     * @param questions the queries
     * @return one query
     */
    public static Select<?> survey(List<? extends Select<?>> questions) {
        return DSL.select(Functions.rowsAsJson("a")).from(answers(questions));
    }

    /**
     * Returns the answers to several queries, each a row with the query's number and, as JSON, the row of the query.
     */
    static Table<?> answers(List<? extends Select<?>> questions) {
        QueryPart all = DSL.sql(
                IntStream.range(0, questions.size())
                        .mapToObj(index -> "{" + index + "}")
                        .collect(Collectors.joining(" union all ")),
                IntStream.range(0, questions.size())
                        .mapToObj(index -> DSL.sql(
                                "select {0} as q, pg_catalog.row_to_json(x) as r from ({1}) as x",
                                literal(index), questions.get(index)))
                        .toArray(QueryPart[]::new));
        return table("({0}) as a", all);
    }
}
