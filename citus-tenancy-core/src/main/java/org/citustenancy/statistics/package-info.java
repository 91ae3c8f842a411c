/**
 * The figures of projects: sizes, connections, tables, shards, and the counters of the servers.
 *
 * <p>A figure that could not be seen is absent and never zero, and a total over nodes names the nodes that it excludes.
 * The module {@code citus-tenancy-reports} creates tables, costs and advice from figures.
 */
@NullMarked
package org.citustenancy.statistics;

import org.jspecify.annotations.NullMarked;
