package org.citustenancy.spring.properties;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an HTTP request names its project. Everything that uses the scope of the thread then works in that project.
 *
 * @param from the part of the request that contains the project's key; none by default
 * @param header the name of the header, with from=header
 * @param host the host's name with {project} in place of the key, for example {project}.example.com; with from=host
 * @param claim the claim of the principal that Spring Security has authenticated, with from=claim
 * @param without the paths of requests without a project, in addition to those of Actuator; each may end with a star
 * @param filterOrder the order of the filter; Spring Security's is -100, and authenticates before a greater one
 */
public record RequestProperties(
        @DefaultValue("none") Place from,
        @DefaultValue("X-Project") String header,
        @DefaultValue("") String host,
        @DefaultValue("project") String claim,
        @DefaultValue({"/actuator/*", "/error"}) List<String> without,
        @DefaultValue("0") int filterOrder) {

    /** The part of a request that contains the key of its project. */
    public enum Place {
        /** None: requests have no project. */
        NONE,
        /** A header, which every client can set to any value. */
        HEADER,
        /** The name of the host. */
        HOST,
        /** A claim of the token that authenticates the client. */
        CLAIM
    }
}
