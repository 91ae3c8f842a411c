/**
 * Declares the system catalogs of PostgreSQL and Citus, and the tables of the registry, with the columns that this
 * module uses. Each class declares one table.
 */
@NullMarked
package org.citustenancy.internal.sql.catalog;

import org.jspecify.annotations.NullMarked;
