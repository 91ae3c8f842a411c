package org.citustenancy.spring.properties;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an HTTP request names its project. Everything that follows the scope of the thread then works in that project.
 *
 * @param from where the project's key is; nowhere by default
 * @param header the name of the header, with from=header
 * @param host the host's name with {project} in place of the key, for example {project}.example.com; with from=host
 * @param claim the claim of the principal whom Spring Security has authenticated, with from=claim
 * @param without the paths that are for no project; each may end with a star
 */
public record RequestProperties(
        @DefaultValue("none") Place from,
        @DefaultValue("X-Project") String header,
        @DefaultValue("") String host,
        @DefaultValue("project") String claim,
        @DefaultValue({"/actuator/*", "/error"}) List<String> without) {

    /** Where a request has the key of its project. */
    public enum Place {
        /** Nowhere: requests are for no project. */
        NONE,
        /** In a header, which every client can set as it likes. */
        HEADER,
        /** In the name of the host. */
        HOST,
        /** In a claim of the token by which the client was authenticated. */
        CLAIM
    }
}
