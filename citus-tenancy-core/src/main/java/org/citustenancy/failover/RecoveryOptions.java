package org.citustenancy.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.names.Addresses;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;

/**
 * How to recover distributed transactions. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * RecoveryOptions.STANDARD.every(Duration.ofSeconds(10)).withStandby("citus-worker-1-standby", 5432)
 * }</pre>
 *
 * @param interval the time between two rounds
 * @param standbys the standbys that are not registered as secondaries, by the addresses at which the coordinator
 *     reaches them
 * @param listener receives the report of each round
 */
public record RecoveryOptions(Duration interval, List<Node> standbys, Consumer<RecoveryReport> listener) {

    /** Recovers every 60 seconds, as the daemons of Citus do by default. You can change it with the other methods. */
    public static final RecoveryOptions STANDARD = new RecoveryOptions(Duration.ofSeconds(60), List.of(), report -> {});

    /** Checks the duration and copies the list. */
    public RecoveryOptions {
        if (interval.isNegative() || interval.isZero()) {
            throw new InvalidRequestException(Failure.of("The interval (" + interval + ") is not positive")
                    .fix("give a positive duration"));
        }
        standbys = List.copyOf(standbys);
    }

    /**
     * Sets the time between two rounds.
     *
     * @param time the time from the end of a round to the start of the next
     * @return a copy
     * @throws InvalidRequestException if it is zero or negative
     */
    public RecoveryOptions every(Duration time) {
        return new RecoveryOptions(time, standbys, listener);
    }

    /**
     * Adds a standby on which the daemons of Citus must not recover either once it is promoted. Registered secondaries
     * are included without this.
     *
     * @param host its host name, as the coordinator reaches it
     * @param port its port
     * @return a copy
     */
    public RecoveryOptions withStandby(String host, int port) {
        List<Node> all = new ArrayList<>(standbys);
        all.add(Addresses.node(NodeRole.WORKER, host, port));
        return new RecoveryOptions(interval, all, listener);
    }

    /**
     * Sets a listener for the report of each round. The thread of the round calls it: that of the
     * service, or that of a caller of {@code recoverNow}.
     *
     * @param receiver the listener
     * @return a copy
     */
    public RecoveryOptions onReport(Consumer<RecoveryReport> receiver) {
        return new RecoveryOptions(interval, standbys, receiver);
    }
}
