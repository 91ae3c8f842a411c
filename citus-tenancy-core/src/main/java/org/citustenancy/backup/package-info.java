/** The public types of backups: options to make and restore a backup, phases, and outcomes. */
@NullMarked
package org.citustenancy.backup;

import org.jspecify.annotations.NullMarked;
