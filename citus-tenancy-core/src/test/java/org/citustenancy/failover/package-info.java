/** Tests with standbys that take over. */
@NullMarked
package org.citustenancy.failover;

import org.jspecify.annotations.NullMarked;
