/**
 * Restores backups into new projects, and sees that all has arrived.
 */
@NullMarked
package org.citustenancy.internal.backup.restore;

import org.jspecify.annotations.NullMarked;
