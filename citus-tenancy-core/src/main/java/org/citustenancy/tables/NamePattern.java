package org.citustenancy.tables;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.citustenancy.internal.names.Names;

/**
 * The name of one table or schema, or a pattern for several. In a part that is not enclosed in double quotes, {@code *}
 * stands for any characters, or none.
 */
final class NamePattern {

    private static final String WILDCARD = "*";

    private static final Pattern NOTHING = Pattern.compile("(?!)");

    private final Optional<TableName> exact;
    private final Pattern schemas;
    private final Pattern tables;

    private NamePattern(Optional<TableName> exact, Pattern schemas, Pattern tables) {
        this.exact = exact;
        this.schemas = schemas;
        this.tables = tables;
    }

    /** Parses the name of a table as {@link TableName#of}, or a pattern. */
    static NamePattern tables(String text) {
        // Names are checked without their wildcards, so that the error is that of a name.
        TableName name = TableName.of(text);
        if (!text.contains(WILDCARD)) {
            return new NamePattern(Optional.of(name), NOTHING, NOTHING);
        }
        String[] parts = parts(text);
        boolean pattern = Arrays.stream(parts).anyMatch(part -> isPattern(part));
        return new NamePattern(
                pattern ? Optional.empty() : Optional.of(name),
                matching(parts.length == 2 ? parts[0] : "", name.schema()),
                matching(parts[parts.length - 1], name.table()));
    }

    /** Parses the name of a schema, used literally except for {@code *}. */
    static NamePattern schemas(String text) {
        Names.identifier("schema", text);
        return new NamePattern(Optional.empty(), matching(text, text), Pattern.compile(".*", Pattern.DOTALL));
    }

    /** Checks whether a part of a name stands for several. */
    static boolean isPattern(String part) {
        return part.contains(WILDCARD) && !part.startsWith("\"");
    }

    private static String[] parts(String text) {
        // A dot inside double quotes is followed by an odd number of quotes.
        return text.split("\\.(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
    }

    private static Pattern matching(String written, String name) {
        if (!isPattern(written)) {
            return Pattern.compile(Pattern.quote(name));
        }
        String[] literals = name.split(Pattern.quote(WILDCARD), -1);
        StringBuilder pattern = new StringBuilder(Pattern.quote(literals[0]));
        // The first place of a literal is the right one. Without a choice, many wildcards take no longer than one.
        for (int index = 1; index < literals.length - 1; index++) {
            pattern.append("(?>.*?").append(Pattern.quote(literals[index])).append(')');
        }
        pattern.append(".*").append(Pattern.quote(literals[literals.length - 1]));
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }

    /** Returns the table, absent if this is a pattern. */
    Optional<TableName> exact() {
        return exact;
    }

    boolean matches(TableName name) {
        return exact.map(name::equals)
                .orElseGet(() -> matchesSchema(name.schema())
                        && tables.matcher(name.table()).matches());
    }

    boolean matchesSchema(String schema) {
        return schemas.matcher(schema).matches();
    }
}
