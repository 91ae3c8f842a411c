/** SQL that registers running servers as one Citus cluster. */
@NullMarked
package org.citustenancy.embedded.internal.citus;

import org.jspecify.annotations.NullMarked;
