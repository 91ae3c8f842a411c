/**
 * On which nodes a pool's connections are.
 */
@NullMarked
package org.citustenancy.hikari.nodes;

import org.jspecify.annotations.NullMarked;
