package org.citustenancy.backup.manifest;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citustenancy.tables.TableName;

/**
 * How far a sequence has come.
 *
 * @param name its name
 * @param lastValues the last value that it gave on each node, by the node's group; a node that gave none is absent
 */
public record BackedUpSequence(TableName name, SortedMap<Integer, Long> lastValues) {

    /** Copies the values. */
    public BackedUpSequence {
        lastValues = Collections.unmodifiableSortedMap(new TreeMap<>(lastValues));
    }
}
