package org.citustenancy.connection;

import java.util.regex.Pattern;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * Formats lines of a {@code .env} file that a POSIX shell and dotenv parsers read the same.
 *
 * <p>Both read text between single quotes literally, but a dotenv parser has no notation for a single quote there.
 * Between double quotes, a shell expands {@code $}, backticks and backslashes.
 */
final class DotEnv {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,-]+");
    private static final Pattern NOT_IN_DOUBLE_QUOTES = Pattern.compile("[\"$`\\\\!]");
    private static final Pattern LINE_BREAK = Pattern.compile("[\\r\\n]");

    private DotEnv() {}

    static String line(String name, String value) {
        return name + "=" + quote(name, value) + "\n";
    }

    private static String quote(String name, String value) {
        if (PLAIN.matcher(value).matches()) {
            return value;
        }
        if (!LINE_BREAK.matcher(value).find()) {
            if (value.indexOf('\'') < 0) {
                return "'" + value + "'";
            }
            if (!NOT_IN_DOUBLE_QUOTES.matcher(value).find()) {
                return "\"" + value + "\"";
            }
        }
        throw new InvalidRequestException(Failure.of("The value of " + name
                        + " cannot be written into a .env file so that a shell and a dotenv parser read the same")
                .fix(
                        "use uri() or another form, or a value without line breaks that does not have a single quote beside "
                                + "one of \" $ ` \\ !"));
    }
}
