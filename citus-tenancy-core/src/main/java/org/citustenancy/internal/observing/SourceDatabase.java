package org.citustenancy.internal.observing;

import java.util.OptionalInt;
import org.citustenancy.internal.sql.EmptyTemplateQueries;

/**
 * A database of which a new one is a copy.
 *
 * @param database its name
 * @param openedTo how many sessions may enter it again once it was copied, -1 for any number; absent if it stays closed
 * @param byFiles whether its files are copied as such, and not block by block through the log
 */
public record SourceDatabase(String database, OptionalInt openedTo, boolean byFiles) {

    /** The one that has nothing but Citus. */
    public static final SourceDatabase BLANK = closed(EmptyTemplateQueries.NAME, false);

    /**
     * One that takes no connections, then and afterwards.
     *
     * @param byFiles whether its files are copied as such
     * @return the original
     */
    public static SourceDatabase closed(String database, boolean byFiles) {
        return new SourceDatabase(database, OptionalInt.empty(), byFiles);
    }
}
