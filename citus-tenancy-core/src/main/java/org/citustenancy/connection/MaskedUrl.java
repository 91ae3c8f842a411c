package org.citustenancy.connection;

import java.util.regex.Pattern;
import org.citustenancy.users.Secret;

/**
 * Masks JDBC URLs for display: it masks passwords among the parameters, and all text before an {@code @}.
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
     * Returns a URL for messages and logs.
     *
     * @param url a URL, which may be malformed
     * @return the URL without passwords
     */
    public static String of(String url) {
        String withoutUser = CREDENTIALS.matcher(url).replaceAll("//" + Secret.MASK + "@");
        return PARAMETER.matcher(withoutUser).replaceAll("$1" + Secret.MASK);
    }
}
