package org.citustenancy.progress;

import java.util.Locale;

/** The kind of a running operation. */
public enum Activity {
    /** The steps of a plan: a project is created, changed, repaired or dropped, or a worker is added or removed. */
    STEPS,
    /** Shards are moved: a worker is drained or removed, or a project is rebalanced. */
    SHARD_MOVES,
    /** A project is backed up. */
    BACKUP,
    /** A project is restored. */
    RESTORE,
    /** The library waits for servers that form a cluster. */
    FORMATION;

    /**
     * Returns the name of the activity in plain words.
     *
     * @return for example {@code shard moves}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
