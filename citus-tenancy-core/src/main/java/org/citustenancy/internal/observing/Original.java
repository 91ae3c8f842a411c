package org.citustenancy.internal.observing;

import java.util.OptionalInt;
import org.citustenancy.internal.sql.BlankQueries;

/**
 * A database of which a new one is a copy.
 *
 * @param database its name
 * @param openedTo how many sessions may enter it again once it was copied, -1 for any number; absent if it stays closed
 */
public record Original(String database, OptionalInt openedTo) {

    /** The one that has nothing but Citus. */
    public static final Original BLANK = new Original(BlankQueries.NAME, OptionalInt.empty());
}
