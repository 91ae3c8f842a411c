/** Data sources and executors that use the scope of the current thread. */
@NullMarked
package org.citustenancy.hikari.internal.routing;

import org.jspecify.annotations.NullMarked;
