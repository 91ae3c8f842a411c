package org.citustenancy.spring.internal.requests;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Reads the key of a project from a request. */
public interface RequestKey {

    /**
     * Returns the key.
     *
     * @return empty if the request has none
     */
    Optional<String> read(HttpServletRequest request);

    /**
     * Describes the source of the key for the client that sent the request.
     *
     * @return for example {@code the header X-Project}
     */
    String where();
}
