/** What every backend gives to the cluster: servers that can be started, stopped and read. Depends on no backend. */
@NullMarked
package org.citustenancy.embedded.internal.fleet;

import org.jspecify.annotations.NullMarked;
