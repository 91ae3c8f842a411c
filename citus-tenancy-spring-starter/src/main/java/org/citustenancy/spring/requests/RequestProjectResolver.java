package org.citustenancy.spring.requests;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Decides for which project a request is. Beans of this type replace {@code citus-tenancy.request.from}: the first one, in
 * their order, that finds a project decides.
 *
 * <pre>{@code
 * @Bean
 * RequestProjectResolver fromSession() {
 *     return request -> Optional.ofNullable(request.getSession(false))
 *             .map(session -> (String) session.getAttribute("project"));
 * }
 * }</pre>
 *
 * <p>Clients choose paths, headers and parameters. Use such a value only if the application checks elsewhere that the client
 * may use the project.
 */
@FunctionalInterface
public interface RequestProjectResolver {

    /**
     * Returns the key of the project under {@code citus-tenancy.projects}. An unknown key is answered with 404.
     *
     * @param request the request, which the method must not change
     * @return empty if the request names no project in this way
     */
    Optional<String> resolve(HttpServletRequest request);

    /**
     * Describes where the key is, for clients whose request has none.
     *
     * @return for example {@code the header X-Project}
     */
    default String source() {
        return "a part that the application defines";
    }
}
