/**
 * How many connections a process may hold, and who holds them.
 */
@NullMarked
package org.citustenancy.hikari.budget;

import org.jspecify.annotations.NullMarked;
