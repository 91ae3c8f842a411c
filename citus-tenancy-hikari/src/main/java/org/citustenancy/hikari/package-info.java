/**
 * A HikariCP pool for each project of a cluster, within one budget of connections. Start with {@link
 * org.citustenancy.hikari.ProjectPools}.
 */
@NullMarked
package org.citustenancy.hikari;

import org.jspecify.annotations.NullMarked;
