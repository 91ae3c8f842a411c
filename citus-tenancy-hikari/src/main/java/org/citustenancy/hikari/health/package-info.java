/** The health of the pools of a registry. */
@NullMarked
package org.citustenancy.hikari.health;

import org.jspecify.annotations.NullMarked;
