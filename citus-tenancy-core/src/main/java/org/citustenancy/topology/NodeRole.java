package org.citustenancy.topology;

import java.util.Locale;

/** The part that a node plays. */
public enum NodeRole {
    /** Plans queries and holds the metadata; node group 0. */
    COORDINATOR,
    /** Holds shards. */
    WORKER;

    /**
     * The word for it in messages.
     *
     * @return {@code coordinator} or {@code worker}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
