package org.citustenancy.statistics.activity;

import java.time.Duration;
import org.citustenancy.topology.Node;

/**
 * A value of a distribution column, and what was done for it on its node. A period is {@code citus.stat_tenants_period}
 * long.
 *
 * @param node the node on which its rows are
 * @param colocation the colocation group of the tables that have it
 * @param tenant the value
 * @param readsNow SELECTs in the period that has begun
 * @param readsBefore SELECTs in the period before
 * @param queriesNow statements of any kind in the period that has begun
 * @param queriesBefore statements of any kind in the period before
 * @param timeNow processor time in the period that has begun
 * @param timeBefore processor time in the period before
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
