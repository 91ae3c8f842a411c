package org.citustenancy.spring.internal.requests;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.citustenancy.spring.requests.RequestProjectResolver;

/**
 * Reads the key from a header.
 *
 * @param header its name
 */
public record HeaderKey(String header) implements RequestProjectResolver {

    @Override
    public Optional<String> resolve(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(header)).filter(key -> !key.isBlank());
    }

    @Override
    public String source() {
        return "the header " + header;
    }
}
