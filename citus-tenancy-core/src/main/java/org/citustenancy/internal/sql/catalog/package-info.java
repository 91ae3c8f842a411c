/** The system catalogs of PostgreSQL and Citus, and the registry's own tables, with the columns that are used here. */
@NullMarked
package org.citustenancy.internal.sql.catalog;

import org.jspecify.annotations.NullMarked;
