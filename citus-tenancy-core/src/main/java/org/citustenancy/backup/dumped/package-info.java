/**
 * Files that {@code pg_dump} made, and what it leaves out of them, as the caller says it.
 */
@NullMarked
package org.citustenancy.backup.dumped;

import org.jspecify.annotations.NullMarked;
