/** HikariCP: its configuration, its pools, and borrowing from them. */
@NullMarked
package org.citustenancy.hikari.internal.hikari;

import org.jspecify.annotations.NullMarked;
