package org.citustenancy.internal.tables.suggestion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citustenancy.internal.tables.rules.ObservedTables;
import org.citustenancy.tables.TableName;

/**
 * The schemas that look like one tenant each, because they have tables of the same names, and those that are distributed
 * already.
 *
 * @param names the schemas
 * @param patterns the names or patterns that cover exactly these
 */
record TenantSchemas(Set<String> names, List<String> patterns) {

    static TenantSchemas of(ObservedTables observed) {
        Map<String, Set<String>> tables = new TreeMap<>();
        observed.tables().keySet().forEach(table -> tables.computeIfAbsent(table.schema(), schema -> new TreeSet<>())
                .add(table.table()));
        Map<Set<String>, Set<String>> schemasByTables = new LinkedHashMap<>();
        tables.forEach((schema, names) ->
                schemasByTables.computeIfAbsent(names, same -> new TreeSet<>()).add(schema));
        Set<String> found = new TreeSet<>();
        List<String> patterns = new ArrayList<>();
        for (Set<String> group : schemasByTables.values()) {
            // A name with a wildcard cannot be written as a rule for one schema.
            if (group.size() > 1 && !group.contains("public") && group.stream().noneMatch(name -> name.contains("*"))) {
                found.addAll(group);
                patterns.addAll(covering(group, observed.schemas().keySet()));
            }
        }
        observed.schemas().forEach((schema, distributed) -> {
            if (distributed && found.add(schema)) {
                patterns.add(schema);
            }
        });
        return new TenantSchemas(found, patterns);
    }

    private static Set<String> covering(Set<String> group, Set<String> all) {
        String prefix = group.iterator().next();
        for (String name : group) {
            while (!name.startsWith(prefix)) {
                prefix = prefix.substring(0, prefix.length() - 1);
            }
        }
        String common = prefix.substring(0, prefix.lastIndexOf('_') + 1);
        Set<String> covered = new LinkedHashSet<>(all);
        covered.removeIf(name -> !name.startsWith(common));
        return common.isEmpty() || !covered.equals(group) ? group : Set.of(common + "*");
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    boolean contain(TableName table) {
        return names.contains(table.schema());
    }
}
