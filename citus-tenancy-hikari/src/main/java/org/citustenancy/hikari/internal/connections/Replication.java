package org.citustenancy.hikari.internal.connections;

import java.time.Duration;
import java.util.List;
import org.citustenancy.hikari.internal.nodes.ReplicationLag;

/**
 * What makes a target the standby of a coordinator, whose sessions read the standbys of the workers.
 *
 * @param followers the target itself and the standbys of the workers
 * @param maxLag how far each of them may be behind
 */
public record Replication(List<Follower> followers, Duration maxLag) {

    /** Copies the list. */
    public Replication {
        followers = List.copyOf(followers);
    }

    /**
     * A standby and its primary.
     *
     * @param jdbcUrl the URL of the standby
     * @param primary the primary
     * @param lag how far it is behind, as all pools know it
     */
    public record Follower(String jdbcUrl, Target primary, ReplicationLag lag) {}

    boolean isRecent() {
        return followers.stream().allMatch(follower -> follower.lag().isWithin(maxLag));
    }
}
