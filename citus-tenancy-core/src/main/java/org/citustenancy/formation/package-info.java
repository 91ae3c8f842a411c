/**
 * The formation of a cluster from independent servers: their addresses, the timeout, and the listener. Operations on a
 * formed cluster are in other packages.
 */
@NullMarked
package org.citustenancy.formation;

import org.jspecify.annotations.NullMarked;
