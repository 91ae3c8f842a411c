package org.citustenancy.spring.properties;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The handling of the projects when the application starts.
 *
 * @param mode create, validate or none
 * @param failFast whether an unavailable project stops the application; otherwise it is retried in the background
 * @param retryEvery the interval between attempts after a failure
 */
public record StartProperties(
        @DefaultValue("create") StartMode mode,
        @DefaultValue("true") boolean failFast,
        @DefaultValue("10s") Duration retryEvery) {}
