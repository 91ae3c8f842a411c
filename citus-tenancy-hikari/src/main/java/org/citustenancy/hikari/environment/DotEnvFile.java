package org.citustenancy.hikari.environment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/** Parses {@code .env} files as dotenv parsers do: assignments, with or without {@code export}, quotes and comments. */
final class DotEnvFile {

    private static final Pattern BLANK = Pattern.compile("\\s*(#.*)?");
    private static final Pattern ASSIGNMENT =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*=\\s*(.*)");
    private static final Pattern SINGLE = Pattern.compile("'([^']*)'\\s*(#.*)?");
    private static final Pattern DOUBLE = Pattern.compile("\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"\\s*(#.*)?");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private DotEnvFile() {}

    static Map<String, String> parse(String text, String source) {
        Map<String, String> variables = new LinkedHashMap<>();
        int number = 0;
        for (String line : withoutByteOrderMark(text).split("\\R", -1)) {
            number++;
            if (BLANK.matcher(line).matches()) {
                continue;
            }
            Matcher assignment = ASSIGNMENT.matcher(line);
            if (!assignment.matches()) {
                throw refused(source, number, "is no assignment");
            }
            variables.put(assignment.group(1), value(assignment.group(2), source, number));
        }
        return variables;
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String value(String text, String source, int number) {
        if (text.startsWith("'")) {
            Matcher quoted = SINGLE.matcher(text);
            if (!quoted.matches()) {
                throw refused(source, number, "has a single quote that is not closed");
            }
            return quoted.group(1);
        }
        if (text.startsWith("\"")) {
            Matcher quoted = DOUBLE.matcher(text);
            if (!quoted.matches()) {
                throw refused(source, number, "has a double quote that is not closed");
            }
            return ESCAPE.matcher(quoted.group(1))
                    .replaceAll(found -> Matcher.quoteReplacement(unescaped(found.group(1))));
        }
        return COMMENT.matcher(text).replaceFirst("").strip();
    }

    private static String unescaped(String character) {
        return switch (character) {
            case "n" -> "\n";
            case "r" -> "\r";
            case "t" -> "\t";
            default -> character;
        };
    }

    /** The message omits the line's text, which may be a password. */
    private static InvalidRequestException refused(String source, int number, String why) {
        return new InvalidRequestException(Failure.of("Line " + number + " of " + source + " " + why)
                .fix("write NAME=value, or NAME='value' if it has spaces or #"));
    }
}
