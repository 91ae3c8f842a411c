package org.citustenancy.backup.manifest;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citustenancy.tables.TableName;

/**
 * The current values of a sequence.
 *
 * @param name its name
 * @param lastValues its last value on each node, by the node's group; a node that has not used any value is absent
 */
public record BackedUpSequence(TableName name, SortedMap<Integer, Long> lastValues) {

    /** Copies the values. */
    public BackedUpSequence {
        lastValues = Collections.unmodifiableSortedMap(new TreeMap<>(lastValues));
    }
}
