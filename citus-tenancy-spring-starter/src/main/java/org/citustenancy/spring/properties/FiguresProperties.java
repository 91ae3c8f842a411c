package org.citustenancy.spring.properties;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often the starter reads figures from the cluster, which meters and the endpoint show. It reads them only when a client
 * requests them, and no client waits for it.
 *
 * @param refreshEvery how old sizes and connections may be; one statement per node reads them for all projects
 * @param shardsEvery how old numbers of shards may be; the coordinator runs a query for each project
 * @param maxProjects how many projects have meters and numbers of shards of their own; the others are summed up
 */
public record FiguresProperties(
        @DefaultValue("30s") Duration refreshEvery,
        @DefaultValue("10m") Duration shardsEvery,
        @DefaultValue("100") int maxProjects) {}
