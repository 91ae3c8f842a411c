package org.citustenancy.capacity;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The client connections of a node.
 *
 * @param limit {@code max_connections}
 * @param reserved how many of these only superusers and roles with such a right get
 * @param inUse how many there are now, those of other nodes included
 * @param byDatabase the same by database
 */
public record Connections(int limit, int reserved, int inUse, SortedMap<String, Integer> byDatabase) {

    /** Copies the map. */
    public Connections {
        byDatabase = Collections.unmodifiableSortedMap(new TreeMap<>(byDatabase));
    }

    /**
     * How many are left for projects' users.
     *
     * @return never less than zero
     */
    public int free() {
        return Math.max(0, limit - reserved - inUse);
    }
}
