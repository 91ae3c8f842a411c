package org.citustenancy.capacity;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The client connections of a node.
 *
 * @param limit {@code max_connections}
 * @param reserved the number of these that are reserved for superusers and roles with the corresponding privilege
 * @param inUse the current number, including connections of other nodes
 * @param byDatabase the current number by database
 */
public record Connections(int limit, int reserved, int inUse, SortedMap<String, Integer> byDatabase) {

    /** Copies the map. */
    public Connections {
        byDatabase = Collections.unmodifiableSortedMap(new TreeMap<>(byDatabase));
    }

    /**
     * Returns the number of connections that are left for projects' users.
     *
     * @return the number, never less than zero
     */
    public int free() {
        return Math.max(0, limit - reserved - inUse);
    }
}
