/** The state of the nodes. */
@NullMarked
package org.citustenancy.hikari.internal.nodes;

import org.jspecify.annotations.NullMarked;
