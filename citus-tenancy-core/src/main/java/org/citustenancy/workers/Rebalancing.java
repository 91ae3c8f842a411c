package org.citustenancy.workers;

import java.time.Duration;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.progress.ProgressListener;

/**
 * How to move shards between workers. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * cluster.workers().rebalance(Rebalancing.STANDARD.within(Duration.ofHours(1)));
 * }</pre>
 *
 * @param transfer how to move each shard
 * @param within how long all moves may take; shards that were moved by then stay on their new node
 * @param listener receives the progress, in addition to the listeners of the cluster
 */
public record Rebalancing(ShardTransfer transfer, Duration within, ProgressListener listener) {

    /** Moves shards while clients write, and within an hour. You can change it with the other methods. */
    public static final Rebalancing STANDARD =
            new Rebalancing(ShardTransfer.AUTO, Duration.ofHours(1), ProgressListener.NONE);

    /** Checks the duration. */
    public Rebalancing {
        if (within.isNegative() || within.isZero()) {
            throw new InvalidRequestException(Failure.of("Rebalancing within " + within + " leaves no time")
                    .fix("give a positive duration"));
        }
    }

    /**
     * Sets how to move each shard.
     *
     * @param way the transfer mode
     * @return a copy
     */
    public Rebalancing by(ShardTransfer way) {
        return new Rebalancing(way, within, listener);
    }

    /**
     * Sets how long all moves may take.
     *
     * @param allowed the time, from the start of the call
     * @return a copy
     */
    public Rebalancing within(Duration allowed) {
        return new Rebalancing(transfer, allowed, listener);
    }

    /**
     * Returns a copy with a listener that receives the progress, in addition to the listeners of the cluster.
     *
     * @param progress the listener
     * @return a copy
     */
    public Rebalancing onProgress(ProgressListener progress) {
        return new Rebalancing(transfer, within, progress);
    }
}
