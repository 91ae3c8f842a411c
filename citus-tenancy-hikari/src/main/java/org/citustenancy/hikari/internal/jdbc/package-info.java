/** What a connection and a data source consist of that only pass on. */
@NullMarked
package org.citustenancy.hikari.internal.jdbc;

import org.jspecify.annotations.NullMarked;
