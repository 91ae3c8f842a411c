/**
 * What pools are called and what they count.
 */
@NullMarked
package org.citustenancy.hikari.pool;

import org.jspecify.annotations.NullMarked;
