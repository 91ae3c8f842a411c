package org.citustenancy.backup.manifest;

import java.util.Arrays;
import org.citustenancy.errors.BackupException;
import org.citustenancy.errors.Failure;

/** How a table lies on the nodes. */
public enum TableLayout {
    /** In shards, by a column. */
    DISTRIBUTED("distributed"),
    /** In one shard on one node, by no column. */
    SINGLE_SHARD("single-shard"),
    /** On every node, whole. */
    REFERENCE("reference"),
    /** In a distributed schema. */
    SCHEMA("schema"),
    /** On the coordinator, and known to the other nodes. */
    MANAGED_LOCAL("managed-local"),
    /** On the coordinator. */
    LOCAL("local");

    private final String word;

    TableLayout(String word) {
        this.word = word;
    }

    /**
     * The word for it in a manifest.
     *
     * @return for example {@code single-shard}
     */
    public String word() {
        return word;
    }

    /**
     * The layout of a word.
     *
     * @param word one of the words that {@link #word()} gives
     * @return the layout
     * @throws BackupException if there is no such layout
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
