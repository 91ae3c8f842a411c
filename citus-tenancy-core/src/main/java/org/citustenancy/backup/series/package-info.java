/** Repeated backups in one directory, with a limit on how many are kept. */
@NullMarked
package org.citustenancy.backup.series;

import org.jspecify.annotations.NullMarked;
