/**
 * Stores backups on this machine. A class belongs here if it works on the files of backups: directories, series,
 * digests, private files, the progress of many files at a time, and the programs {@code pg_dump} and {@code pg_restore}
 * with the archives that they write and read. The programs belong here because only they can read an archive. No class
 * in this package depends on the order of a backup or a restore.
 */
@NullMarked
package org.citustenancy.internal.backup.store;

import org.jspecify.annotations.NullMarked;
