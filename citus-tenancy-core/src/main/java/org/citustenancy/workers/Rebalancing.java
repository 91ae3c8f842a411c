package org.citustenancy.workers;

import java.time.Duration;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.progress.ProgressListener;

/**
 * How shards are moved between workers. Immutable; each method gives a changed copy.
 *
 * <pre>{@code
 * cluster.workers().rebalance(Rebalancing.STANDARD.within(Duration.ofHours(1)));
 * }</pre>
 *
 * @param transfer how each shard is moved
 * @param within how long all of it may take; what was moved by then stays where it is
 * @param listener receives the progress, besides those of the cluster
 */
public record Rebalancing(ShardTransfer transfer, Duration within, ProgressListener listener) {

    /** While clients write, and within an hour. Change it with the other methods. */
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
     * How each shard is moved.
     *
     * @param way the way
     * @return a copy
     */
    public Rebalancing by(ShardTransfer way) {
        return new Rebalancing(way, within, listener);
    }

    /**
     * How long all of it may take.
     *
     * @param allowed the time, from the call on
     * @return a copy
     */
    public Rebalancing within(Duration allowed) {
        return new Rebalancing(transfer, allowed, listener);
    }

    /**
     * The same, with a listener that receives the progress, besides those of the cluster.
     *
     * @param progress the listener
     * @return a copy
     */
    public Rebalancing onProgress(ProgressListener progress) {
        return new Rebalancing(transfer, within, progress);
    }
}
