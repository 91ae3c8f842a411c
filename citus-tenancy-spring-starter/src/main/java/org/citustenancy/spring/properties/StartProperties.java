package org.citustenancy.spring.properties;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What happens to the projects when the application starts.
 *
 * @param mode create, validate or none
 * @param failFast whether an unavailable project stops the application; otherwise it is tried again in the background
 * @param retryEvery how long after a failure a project is tried again
 */
public record StartProperties(
        @DefaultValue("create") StartMode mode,
        @DefaultValue("true") boolean failFast,
        @DefaultValue("10s") Duration retryEvery) {}
