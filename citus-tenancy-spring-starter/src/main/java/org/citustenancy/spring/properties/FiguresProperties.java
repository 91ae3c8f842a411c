package org.citustenancy.spring.properties;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often the cluster is asked for figures, which meters and the endpoint show. It is asked only when a client looks at
 * them, and no client waits for it.
 *
 * @param refreshEvery how old sizes and connections may be; each node is asked by one statement for all projects
 * @param shardsEvery how old numbers of shards may be; the coordinator is asked for each project
 * @param maxProjects how many projects have meters and numbers of shards of their own; the others are summed up
 */
public record FiguresProperties(
        @DefaultValue("30s") Duration refreshEvery,
        @DefaultValue("10m") Duration shardsEvery,
        @DefaultValue("100") int maxProjects) {}
