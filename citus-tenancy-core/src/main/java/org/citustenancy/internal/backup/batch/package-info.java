/**
 * Backups of one project or of all into directories of their own.
 */
@NullMarked
package org.citustenancy.internal.backup.batch;

import org.jspecify.annotations.NullMarked;
