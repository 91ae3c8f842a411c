package org.citustenancy.internal.backup.restore;

import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.StoredFile;

/**
 * A file of rows.
 *
 * @param table the table of the rows
 * @param file the file
 */
record StoredRows(BackedUpTable table, StoredFile file) {}
