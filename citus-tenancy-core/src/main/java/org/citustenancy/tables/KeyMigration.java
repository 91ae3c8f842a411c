package org.citustenancy.tables;

import java.util.List;

/**
 * The SQL statements that keys and foreign keys need so that {@link DistributionRules} can be applied. Run them as the
 * owner, each list as one migration. The library does not run them, because they change what the keys enforce.
 *
 * @param before the statements that give keys and foreign keys the distribution columns that Citus requires, and that drop
 *     foreign keys in a circle; run them before you apply the rules
 * @param after the statements that add the foreign keys in a circle again
 */
public record KeyMigration(List<String> before, List<String> after) {

    /** No statements. */
    public static final KeyMigration NONE = new KeyMigration(List.of(), List.of());

    /** Copies the lists. */
    public KeyMigration {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * Checks whether there is nothing to run.
     *
     * @return whether both lists are empty
     */
    public boolean isEmpty() {
        return before.isEmpty() && after.isEmpty();
    }
}
