/**
 * Backups that are made again and again into one place, of which the last are kept.
 */
@NullMarked
package org.citustenancy.backup.series;

import org.jspecify.annotations.NullMarked;
