/** The current activity on all nodes: running statements, lock waits, and the most expensive statements and tenants. */
@NullMarked
package org.citustenancy.statistics.activity;

import org.jspecify.annotations.NullMarked;
