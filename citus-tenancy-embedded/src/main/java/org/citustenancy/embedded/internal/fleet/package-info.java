/**
 * The interface between the cluster and its backends: servers that can be started, stopped and read. Depends on no
 * backend.
 */
@NullMarked
package org.citustenancy.embedded.internal.fleet;

import org.jspecify.annotations.NullMarked;
