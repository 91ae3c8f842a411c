/** The nodes of a pool's connections. */
@NullMarked
package org.citustenancy.hikari.nodes;

import org.jspecify.annotations.NullMarked;
