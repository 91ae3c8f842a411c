package org.citustenancy.spring.properties;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often the starter reads figures from the cluster for meters and the endpoint. It reads them only when a client
 * requests them, and no client waits for it.
 *
 * @param refreshEvery the maximum age of sizes and connections; one statement per node reads them for all projects
 * @param shardsEvery the maximum age of shard counts; the coordinator runs a query for each project
 * @param maxProjects the number of projects that have meters and shard counts of their own; the others are summed up
 */
public record FiguresProperties(
        @DefaultValue("30s") Duration refreshEvery,
        @DefaultValue("10m") Duration shardsEvery,
        @DefaultValue("100") int maxProjects) {}
