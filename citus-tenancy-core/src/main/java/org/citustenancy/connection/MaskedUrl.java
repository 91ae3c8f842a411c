package org.citustenancy.connection;

import java.util.regex.Pattern;
import org.citustenancy.users.Secret;

/**
 * JDBC URLs that are safe to show: passwords among the parameters, and everything before an {@code @}, are masked.
 *
 * <pre>{@code
 * log.info("Connecting to {}", MaskedUrl.of(url));
 * }</pre>
 */
public final class MaskedUrl {

    private static final Pattern CREDENTIALS = Pattern.compile("//.*@", Pattern.DOTALL);

    private static final Pattern PARAMETER = Pattern.compile(
            "((?:^|[?&])[^?&=]*(?:pass|pwd|secret|token)[^?&=]*=)[^&]*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private MaskedUrl() {}

    /**
     * A URL for messages and logs.
     *
     * @param url a URL, a well-formed one or not
     * @return the same without passwords
     */
    public static String of(String url) {
        String withoutUser = CREDENTIALS.matcher(url).replaceAll("//" + Secret.MASK + "@");
        return PARAMETER.matcher(withoutUser).replaceAll("$1" + Secret.MASK);
    }
}
