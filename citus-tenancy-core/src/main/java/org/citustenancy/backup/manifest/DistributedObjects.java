package org.citustenancy.backup.manifest;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The distributed objects of a project, except its tables.
 *
 * @param groups the number of shards of each colocation group, by the group's number in the backup
 * @param schemas the distributed schemas
 * @param functions the functions that run on the node of their rows
 */
public record DistributedObjects(
        SortedMap<Integer, Integer> groups, List<String> schemas, List<DistributedFunction> functions) {

    /** Copies the collections. */
    public DistributedObjects {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
        schemas = List.copyOf(schemas);
        functions = List.copyOf(functions);
    }
}
