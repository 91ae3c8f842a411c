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

/** What every class of this room builds with. */
public final class Sql {

    private static final DSLContext RENDERER = DSL.using(
            SQLDialect.POSTGRES, new Settings().withExecuteLogging(false).withBackslashEscaping(BackslashEscaping.OFF));

    private Sql() {}

    /** A statement as text that any PostgreSQL session reads the same, values included. */
    public static String text(QueryPart part) {
        return RENDERER.renderInlined(part);
    }

    /** A query as text with its values beside it. */
    static BoundQuery bound(Query query) {
        return new BoundQuery(RENDERER.render(query), RENDERER.extractBindValues(query));
    }

    /**
     * Rows that a server wrote as a JSON array of objects.
     *
     * @param json the text
     * @return the rows, with fields of the objects' names
     */
    public static Result<Record> rows(String json) {
        Result<Record> rows = RENDERER.fetchFromJSON(json);
        return rows == null ? RENDERER.newResult(new Field<?>[0]) : rows;
    }

    /** A statement for which jOOQ has no class. */
    static Query statement(String template, QueryPart... parts) {
        return DSL.query(template, parts);
    }

    /** Statements that each end with a semicolon, one after the other. */
    static QueryPart sequence(List<? extends QueryPart> statements) {
        String template = IntStream.range(0, statements.size())
                .mapToObj(index -> "{" + index + "}")
                .collect(Collectors.joining("\n  "));
        return DSL.sql(template, statements.toArray(QueryPart[]::new));
    }

    /** An identifier, which is always quoted. */
    static QueryPart identifier(String name) {
        return DSL.name(name);
    }

    /** Privileges, which are key words, in an order that does not change. */
    static QueryPart keywords(Collection<String> privileges) {
        return DSL.list(privileges.stream().sorted().map(DSL::keyword).toList());
    }

    /** A value, written into the statement. */
    static Param<String> literal(String value) {
        return DSL.inline(value, SQLDataType.VARCHAR);
    }

    /** A value beside the statement, which then reads the same for all values, so that a session can keep its plan. */
    static Param<String> value(String value) {
        return DSL.val(value, SQLDataType.VARCHAR);
    }

    /** Several of those. */
    static List<Param<String>> values(Collection<String> values) {
        return values.stream().map(Sql::value).toList();
    }

    /** A whole number, written into the statement. */
    static Param<Integer> literal(int value) {
        return DSL.inline(value, SQLDataType.INTEGER);
    }

    /** {@code sha256} of a text, to compare secrets of two nodes without moving them. */
    static Field<String> digest(Field<String> text) {
        return DSL.field(
                "pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to({0}, 'UTF8')), 'hex')",
                SQLDataType.VARCHAR, text);
    }
}
