package org.citustenancy.backup.manifest;

import java.util.Arrays;
import org.citustenancy.errors.BackupException;
import org.citustenancy.errors.Failure;

/** The distribution of a table over the nodes. */
public enum TableLayout {
    /** Sharded by a column. */
    DISTRIBUTED("distributed"),
    /** One shard on one node, without a distribution column. */
    SINGLE_SHARD("single-shard"),
    /** A full copy on every node. */
    REFERENCE("reference"),
    /** Part of a distributed schema. */
    SCHEMA("schema"),
    /** On the coordinator, and registered on the other nodes. */
    MANAGED_LOCAL("managed-local"),
    /** On the coordinator. */
    LOCAL("local");

    private final String word;

    TableLayout(String word) {
        this.word = word;
    }

    /**
     * Returns the name of the layout in a manifest.
     *
     * @return for example {@code single-shard}
     */
    public String word() {
        return word;
    }

    /**
     * Returns the layout with the given name.
     *
     * @param word a name that {@link #word()} returns
     * @return the layout
     * @throws BackupException if the layout does not exist
     */
    public static TableLayout of(String word) {
        return Arrays.stream(values())
                .filter(layout -> layout.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new BackupException(
                        Failure.of("The manifest says that a table is \"" + word + "\", which no table can be")
                                .fix("take another backup, or repair the manifest")));
    }
}
