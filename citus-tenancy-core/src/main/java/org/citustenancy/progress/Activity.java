package org.citustenancy.progress;

import java.util.Locale;

/** What is going on. */
public enum Activity {
    /** The steps of a plan: a project is created, changed, repaired or dropped, a worker joins or leaves. */
    STEPS,
    /** Shards move: a worker is drained or leaves, or a project is rebalanced. */
    SHARD_MOVES,
    /** A project is backed up. */
    BACKUP,
    /** A project is restored. */
    RESTORE,
    /** Servers are awaited that are to form a cluster. */
    FORMATION;

    /**
     * The activity in plain words.
     *
     * @return for example {@code shard moves}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
