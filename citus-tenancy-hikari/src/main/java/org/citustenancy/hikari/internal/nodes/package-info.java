/** Which nodes answer at the moment. */
@NullMarked
package org.citustenancy.hikari.internal.nodes;

import org.jspecify.annotations.NullMarked;
