/**
 * How backups and restores work on many files at a time, and report how far they have come.
 */
@NullMarked
package org.citustenancy.internal.backup.work;

import org.jspecify.annotations.NullMarked;
