package org.citustenancy.spring.internal.requests;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Reads the key from a header.
 *
 * @param header its name
 */
public record HeaderKey(String header) implements RequestKey {

    @Override
    public Optional<String> read(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(header)).filter(key -> !key.isBlank());
    }

    @Override
    public String where() {
        return "the header " + header;
    }
}
