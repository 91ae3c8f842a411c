package org.citustenancy.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.names.Addresses;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;

/**
 * How to follow failovers. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * FailoverOptions.STANDARD
 *         .every(Duration.ofSeconds(2))
 *         .withServer("citus-worker-1-standby", 5432)
 *         .fence(node -> cloud.stopMachine(node.host()))
 * }</pre>
 *
 * @param interval the time between two rounds
 * @param probeTimeout how long a server may take to answer a statement
 * @param servers the addresses that a promoted standby may have; registered secondaries are included without this
 * @param directories name further servers
 * @param fence stops the former server of a node before its successor is registered
 * @param recovery how to recover distributed transactions
 * @param listener receives the report of each round
 */
public record FailoverOptions(
        Duration interval,
        Duration probeTimeout,
        List<Node> servers,
        List<NodeDirectory> directories,
        Consumer<Node> fence,
        RecoveryOptions recovery,
        Consumer<FailoverReport> listener) {

    /**
     * A round every 5 seconds, in which a server has 3 seconds to answer. You can change it with the other methods.
     */
    public static final FailoverOptions STANDARD = new FailoverOptions(
            Duration.ofSeconds(5),
            Duration.ofSeconds(3),
            List.of(),
            List.of(),
            node -> {},
            RecoveryOptions.STANDARD,
            report -> {});

    /** Checks the durations and copies the lists. */
    public FailoverOptions {
        if (interval.isNegative() || interval.isZero() || probeTimeout.isNegative() || probeTimeout.isZero()) {
            throw new InvalidRequestException(Failure.of("The interval (" + interval + ") or the probe timeout ("
                            + probeTimeout + ") is not positive")
                    .fix("give positive durations"));
        }
        servers = List.copyOf(servers);
        directories = List.copyOf(directories);
    }

    /**
     * Sets the time between two rounds. While a node has failed and has no successor, the next round starts after 500
     * ms, if that is shorter.
     *
     * @param time the time from the end of a round to the start of the next
     * @return a copy
     * @throws InvalidRequestException if it is zero or negative
     */
    public FailoverOptions every(Duration time) {
        return new FailoverOptions(time, probeTimeout, servers, directories, fence, recovery, listener);
    }

    /**
     * Sets how long a server may take to answer a statement. A server that takes longer counts as failed.
     *
     * @param time the time limit
     * @return a copy
     * @throws InvalidRequestException if it is zero or negative
     */
    public FailoverOptions probeWithin(Duration time) {
        return new FailoverOptions(interval, time, servers, directories, fence, recovery, listener);
    }

    /**
     * Adds the address of a server of any node: a standby, or a primary that can become a standby. {@link
     * org.citustenancy.TransactionRecovery} sets {@code citus.recover_2pc_interval = -1} there, too.
     *
     * @param host the host name, as all nodes reach it
     * @param port the port
     * @return a copy
     */
    public FailoverOptions withServer(String host, int port) {
        List<Node> all = new ArrayList<>(servers);
        all.add(Addresses.node(NodeRole.WORKER, host, port));
        return new FailoverOptions(interval, probeTimeout, all, directories, fence, recovery, listener);
    }

    /**
     * Adds a directory that names further servers, such as {@link PatroniDirectory}. Each round queries it, with the
     * time limit of {@link #probeWithin}. If it fails, the monitor continues without it and reports it as an obstacle;
     * the recovery does not run in that round.
     *
     * @param servers the directory
     * @return a copy
     */
    public FailoverOptions with(NodeDirectory servers) {
        List<NodeDirectory> all = new ArrayList<>(directories);
        all.add(servers);
        return new FailoverOptions(interval, probeTimeout, this.servers, all, fence, recovery, listener);
    }

    /**
     * Sets an action that fences the former server of a node. The monitor calls it after it accepted a successor and
     * before it registers the successor, again in each round until the new address is registered. It does not call it
     * for a server that is a standby, as after a switchover, nor for a coordinator that does not answer. The action
     * must return when its thread is interrupted. If it throws an exception, or does not return within half the
     * deadline of the cluster, the node keeps its address, and the next round tries again. Without a fence, statements that wait
     * for a hung server block the change until that server is stopped.
     *
     * @param stop receives the node at its former address
     * @return a copy
     */
    public FailoverOptions fence(Consumer<Node> stop) {
        return new FailoverOptions(interval, probeTimeout, servers, directories, stop, recovery, listener);
    }

    /**
     * Changes how distributed transactions are recovered.
     *
     * @param change changes the options
     * @return a copy
     */
    public FailoverOptions recovery(UnaryOperator<RecoveryOptions> change) {
        return new FailoverOptions(
                interval, probeTimeout, servers, directories, fence, change.apply(recovery), listener);
    }

    /**
     * Sets a listener for the report of each round. The thread of the round calls it: that of the
     * monitor, or that of a caller of {@code checkNow}.
     *
     * @param receiver the listener
     * @return a copy
     */
    public FailoverOptions onReport(Consumer<FailoverReport> receiver) {
        return new FailoverOptions(interval, probeTimeout, servers, directories, fence, recovery, receiver);
    }
}
