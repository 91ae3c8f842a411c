/**
 * Where backups lie on this machine, and what works on their files: directories, series, digests, private files, the
 * programs {@code pg_dump} and {@code pg_restore} with the archives that they write and read, and the workers and the
 * progress of many files at a time. The programs belong here because an archive is a file that only they can read. Nothing
 * here knows the order of a backup or a restore.
 */
@NullMarked
package org.citustenancy.internal.backup.store;

import org.jspecify.annotations.NullMarked;
