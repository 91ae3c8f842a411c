package org.citustenancy.spring.properties;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether the application suspends unused projects of the cluster, its own and all others.
 *
 * @param enabled whether the application runs the service; if several instances do, one of them acts
 * @param idleFor how long a project must have no session of a client
 * @param reserve how many background processes stay free on each node for projects that resume
 * @param interval the time between two rounds
 * @param alwaysAwake the database names of projects that are never suspended
 */
public record AutosuspendProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("10m") Duration idleFor,
        @DefaultValue("4") int reserve,
        @DefaultValue("10s") Duration interval,
        @DefaultValue List<String> alwaysAwake) {}
