/** Names and figures of pools. */
@NullMarked
package org.citustenancy.hikari.pool;

import org.jspecify.annotations.NullMarked;
