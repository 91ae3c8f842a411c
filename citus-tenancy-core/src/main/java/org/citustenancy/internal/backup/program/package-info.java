/**
 * Finds and runs the programs of PostgreSQL that know a schema best: {@code pg_dump} and {@code pg_restore}.
 */
@NullMarked
package org.citustenancy.internal.backup.program;

import org.jspecify.annotations.NullMarked;
