/**
 * What projects use, in plain figures: sizes, connections, tables, shards, and what the servers have counted.
 *
 * <p>A figure that could not be seen is absent and never zero, and a total over nodes says which of them it is without.
 * The module {@code citus-tenancy-reports} makes tables, costs and advice from figures.
 */
@NullMarked
package org.citustenancy.statistics;

import org.jspecify.annotations.NullMarked;
