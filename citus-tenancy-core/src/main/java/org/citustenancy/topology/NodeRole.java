package org.citustenancy.topology;

import java.util.Locale;

/** The role of a node. */
public enum NodeRole {
    /** Plans queries and holds the metadata; node group 0. */
    COORDINATOR,
    /** Holds shards. */
    WORKER;

    /**
     * Returns the name of the role in messages.
     *
     * @return {@code coordinator} or {@code worker}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
