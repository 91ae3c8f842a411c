package org.citustenancy.internal.sql;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.citustenancy.internal.shaded.jooq.DSLContext;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Param;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.QueryPart;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Result;
import org.citustenancy.internal.shaded.jooq.SQLDialect;
import org.citustenancy.internal.shaded.jooq.conf.BackslashEscaping;
import org.citustenancy.internal.shaded.jooq.conf.Settings;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Builds statements, identifiers and literals for every class of this package. */
public final class Sql {

    private static final DSLContext RENDERER = DSL.using(
            SQLDialect.POSTGRES, new Settings().withExecuteLogging(false).withBackslashEscaping(BackslashEscaping.OFF));

    private Sql() {}

    /** Returns a statement as text, including values, with the same meaning in any PostgreSQL session. */
    public static String text(QueryPart part) {
        return RENDERER.renderInlined(part);
    }

    /** Returns a query as text, with its values separate. */
    static BoundQuery bound(Query query) {
        return new BoundQuery(RENDERER.render(query), RENDERER.extractBindValues(query));
    }

    /**
     * Parses rows that a server wrote as a JSON array of objects.
     *
     * @param json the text
     * @return the rows, with fields of the objects' names
     */
    public static Result<Record> rows(String json) {
        Result<Record> rows = RENDERER.fetchFromJSON(json);
        return rows == null ? RENDERER.newResult(new Field<?>[0]) : rows;
    }

    /** Returns an empty list of rows, whose JSON {@link #rows} reads. */
    static Result<Record> noRows(Field<?>... fields) {
        return RENDERER.newResult(fields);
    }

    /**
     * Adds a row of nulls to a list.
     *
     * @return the row, to be filled
     */
    public static Record addRow(Result<Record> rows) {
        Record row = RENDERER.newRecord(rows.fields());
        rows.add(row);
        return row;
    }

    /** Returns a statement for which jOOQ has no class. */
    static Query statement(String template, QueryPart... parts) {
        return DSL.query(template, parts);
    }

    /** Returns statements that each end with a semicolon, one after the other. */
    static QueryPart sequence(List<? extends QueryPart> statements) {
        String template = IntStream.range(0, statements.size())
                .mapToObj(index -> "{" + index + "}")
                .collect(Collectors.joining("\n  "));
        return DSL.sql(template, statements.toArray(QueryPart[]::new));
    }

    /** Returns an identifier, which is always quoted. */
    static QueryPart identifier(String name) {
        return DSL.name(name);
    }

    /** Returns privileges, which are key words, in a fixed order. */
    static QueryPart keywords(Collection<String> privileges) {
        return DSL.list(privileges.stream().sorted().map(DSL::keyword).toList());
    }

    /** Returns a value that is written into the statement. */
    static Param<String> literal(String value) {
        return DSL.inline(value, SQLDataType.VARCHAR);
    }

    /**
     * Returns a value that is sent separately from the statement, whose text is then the same for all values, so that a
     * session can keep its plan.
     */
    static Param<String> value(String value) {
        return DSL.val(value, SQLDataType.VARCHAR);
    }

    /** Returns several such values. */
    static List<Param<String>> values(Collection<String> values) {
        return values.stream().map(Sql::value).toList();
    }

    /** Returns an integer that is written into the statement. */
    static Param<Integer> literal(int value) {
        return DSL.inline(value, SQLDataType.INTEGER);
    }

    /** Returns the {@code sha256} of a text, to compare secrets of two nodes without sending them. */
    static Field<String> digest(Field<String> text) {
        return DSL.field(
                "pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to({0}, 'UTF8')), 'hex')",
                SQLDataType.VARCHAR, text);
    }
}
