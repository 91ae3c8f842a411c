package org.citustenancy.spring.internal.requests;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citustenancy.spring.requests.RequestProjectResolver;

/** Reads the key from a part of the host's name. */
public final class HostKey implements RequestProjectResolver {

    /** The placeholder of the key. */
    public static final String PLACEHOLDER = "{project}";

    private final String pattern;
    private final Pattern host;

    /**
     * Creates a reader for a pattern of hosts.
     *
     * @param pattern a host with {@value #PLACEHOLDER} once
     */
    public HostKey(String pattern) {
        this.pattern = pattern;
        int at = pattern.indexOf(PLACEHOLDER);
        this.host = Pattern.compile(
                Pattern.quote(pattern.substring(0, at)) + "([^.]+)"
                        + Pattern.quote(pattern.substring(at + PLACEHOLDER.length())),
                Pattern.CASE_INSENSITIVE);
    }

    @Override
    public Optional<String> resolve(HttpServletRequest request) {
        Matcher matcher = host.matcher(request.getServerName());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    @Override
    public String source() {
        return "the host, as " + pattern;
    }
}
