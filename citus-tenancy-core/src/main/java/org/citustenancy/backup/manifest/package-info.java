/** The manifest of a backup: everything that {@code pg_dump} leaves out, and the expected properties of each file. */
@NullMarked
package org.citustenancy.backup.manifest;

import org.jspecify.annotations.NullMarked;
