/** Files that {@code pg_dump} made, and the distribution that the caller adds, because dumps do not contain it. */
@NullMarked
package org.citustenancy.backup.dumped;

import org.jspecify.annotations.NullMarked;
