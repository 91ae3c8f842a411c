package org.citustenancy.statistics.activity;

import java.time.Duration;
import org.citustenancy.topology.Node;

/**
 * A value of a distribution column, and the work for it on its node. A period lasts {@code citus.stat_tenants_period}.
 *
 * @param node the node that holds its rows
 * @param colocation the colocation group of the tables with this value
 * @param tenant the value
 * @param readsNow SELECTs in the current period
 * @param readsBefore SELECTs in the previous period
 * @param queriesNow statements of any kind in the current period
 * @param queriesBefore statements of any kind in the previous period
 * @param timeNow processor time in the current period
 * @param timeBefore processor time in the previous period
 */
public record TenantFigures(
        Node node,
        int colocation,
        String tenant,
        int readsNow,
        int readsBefore,
        int queriesNow,
        int queriesBefore,
        Duration timeNow,
        Duration timeBefore) {}
