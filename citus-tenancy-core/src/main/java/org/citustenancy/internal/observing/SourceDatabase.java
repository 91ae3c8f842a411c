package org.citustenancy.internal.observing;

import java.util.OptionalInt;
import org.citustenancy.internal.sql.EmptyTemplateQueries;

/**
 * The original from which a new database is copied.
 *
 * @param database its name
 * @param openedTo how many sessions may enter it again after the copy, -1 for any number; absent if it stays closed
 * @param byFiles whether the copy is of files, and not block by block through the log
 */
public record SourceDatabase(String database, OptionalInt openedTo, boolean byFiles) {

    /** The empty template. */
    public static final SourceDatabase BLANK = closed(EmptyTemplateQueries.NAME, false);

    /**
     * Returns an original that accepts no connections, before and after the copy.
     *
     * @param byFiles whether the copy is of files
     * @return the original
     */
    public static SourceDatabase closed(String database, boolean byFiles) {
        return new SourceDatabase(database, OptionalInt.empty(), byFiles);
    }
}
