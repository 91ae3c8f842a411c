package org.citustenancy.spring.internal.requests;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Reads the key of a project from a request. */
public interface RequestKey {

    /**
     * The key.
     *
     * @return absent if the request has none
     */
    Optional<String> read(HttpServletRequest request);

    /**
     * What is read, for the one who sent the request.
     *
     * @return for example {@code the header X-Project}
     */
    String where();
}
