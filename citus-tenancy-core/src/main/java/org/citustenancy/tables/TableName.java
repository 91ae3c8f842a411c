package org.citustenancy.tables;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.names.Names;
import org.jspecify.annotations.Nullable;

/**
 * A table in a schema. Names are used literally: upper case stays upper case.
 *
 * @param schema the schema
 * @param table the table
 */
public record TableName(String schema, String table) {

    private static final String DEFAULT_SCHEMA = "public";
    private static final String PART = "(?:\"((?:[^\"]|\"\")+)\"|([^\".]+))";
    private static final Pattern TEXT = Pattern.compile("(?:" + PART + "\\.)?" + PART);

    /** Checks both names. */
    public TableName {
        Names.identifier("schema", schema);
        Names.identifier("table", table);
    }

    /**
     * Parses the name of a table.
     *
     * @param text {@code table} in the schema {@code public}, or {@code schema.table}; a part that contains a dot or a
     *     double quote is enclosed in double quotes
     * @return the name
     * @throws InvalidRequestException if the text cannot be parsed
     */
    public static TableName of(String text) {
        Matcher parts = TEXT.matcher(Names.given("table", text));
        if (!parts.matches()) {
            throw new InvalidRequestException(Failure.of("\"" + text + "\" is not the name of a table")
                    .fix("write table or schema.table, with double quotes around a part that contains a dot"));
        }
        String schema = part(parts.group(1), parts.group(2));
        return new TableName(schema.isEmpty() ? DEFAULT_SCHEMA : schema, part(parts.group(3), parts.group(4)));
    }

    private static String part(@Nullable String quoted, @Nullable String plain) {
        if (quoted != null) {
            return quoted.replace("\"\"", "\"");
        }
        return plain == null ? "" : plain;
    }

    /**
     * Returns the name as {@link #of} and {@link DistributionRules} parse it, with double quotes around each part that
     * contains a dot, a double quote or {@code *}.
     *
     * @return the name
     */
    public String quoted() {
        String last = quoted(table);
        return schema.equals(DEFAULT_SCHEMA) ? last : quoted(schema) + "." + last;
    }

    private static String quoted(String part) {
        return part.matches("[^\".*]+") ? part : '"' + part.replace("\"", "\"\"") + '"';
    }

    /** Returns the schema and the table. */
    @Override
    public String toString() {
        return schema.equals(DEFAULT_SCHEMA) ? table : schema + "." + table;
    }
}
