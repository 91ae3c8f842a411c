package org.citustenancy.spring.properties;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a request over HTTP says for which project it is. Then everything that follows the scope of the thread works in it.
 *
 * @param from where the project's key is; nowhere unless it is said
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
