/** Base classes of connections and data sources that delegate. */
@NullMarked
package org.citustenancy.hikari.internal.jdbc;

import org.jspecify.annotations.NullMarked;
