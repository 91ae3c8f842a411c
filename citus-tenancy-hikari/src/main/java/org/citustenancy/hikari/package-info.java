/**
 * A HikariCP pool for each project of a cluster.
 */
@NullMarked
package org.citustenancy.hikari;

import org.jspecify.annotations.NullMarked;
