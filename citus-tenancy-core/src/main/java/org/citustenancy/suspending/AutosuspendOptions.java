package org.citustenancy.suspending;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * Which projects are suspended, and when. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * AutosuspendOptions.STANDARD.idleFor(Duration.ofMinutes(30)).reserve(8).alwaysAwake("billing")
 * }</pre>
 *
 * @param idleTime how long a project must be unused
 * @param reservedProcesses how many background processes stay free on each node for projects that resume
 * @param interval the time between two rounds
 * @param exempt the projects that are never suspended
 * @param listener receives the report of each round
 */
public record AutosuspendOptions(
        Duration idleTime,
        int reservedProcesses,
        Duration interval,
        Set<String> exempt,
        Consumer<AutosuspendReport> listener) {

    /**
     * Suspends projects that are unused for 10 minutes, keeps 4 background processes free on each node, and checks every
     * 10 seconds. You can change it with the other methods.
     */
    public static final AutosuspendOptions STANDARD =
            new AutosuspendOptions(Duration.ofMinutes(10), 4, Duration.ofSeconds(10), Set.of(), report -> {});

    /** Checks the values and copies the set. */
    public AutosuspendOptions {
        requirePositive("idle time", idleTime);
        requirePositive("interval", interval);
        if (reservedProcesses < 0) {
            throw new InvalidRequestException(Failure.of("A reserve of " + reservedProcesses + " processes is negative")
                    .fix("give 0 or more"));
        }
        exempt = Set.copyOf(exempt);
    }

    private static void requirePositive(String what, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new InvalidRequestException(Failure.of("The " + what + " (" + time + ") is not positive")
                    .fix("give a positive duration"));
        }
    }

    /**
     * Sets how long a project must be unused before it is suspended. A project is in use while clients have sessions in
     * it, also idle ones of a pool.
     *
     * @param time the time without a session
     * @return a copy
     * @throws InvalidRequestException if it is zero or negative
     */
    public AutosuspendOptions idleFor(Duration time) {
        return new AutosuspendOptions(time, reservedProcesses, interval, exempt, listener);
    }

    /**
     * Sets how many background processes ({@code max_worker_processes}) stay free on each node, so that suspended
     * projects can resume. If fewer are free, unused projects are suspended earlier, the longest unused first.
     *
     * @param processes the number of processes
     * @return a copy
     * @throws InvalidRequestException if it is negative
     */
    public AutosuspendOptions reserve(int processes) {
        return new AutosuspendOptions(idleTime, processes, interval, exempt, listener);
    }

    /**
     * Sets the time between two rounds. A session that begins and ends between two rounds is not seen.
     *
     * @param time the time from the end of a round to the start of the next
     * @return a copy
     * @throws InvalidRequestException if it is zero or negative
     */
    public AutosuspendOptions every(Duration time) {
        return new AutosuspendOptions(idleTime, reservedProcesses, time, exempt, listener);
    }

    /**
     * Exempts projects, in addition to those that are exempt already.
     *
     * @param projects their names
     * @return a copy
     */
    public AutosuspendOptions alwaysAwake(String... projects) {
        return alwaysAwake(List.of(projects));
    }

    /**
     * Exempts projects, in addition to those that are exempt already.
     *
     * @param projects their names
     * @return a copy
     */
    public AutosuspendOptions alwaysAwake(Collection<String> projects) {
        Set<String> all = new TreeSet<>(exempt);
        all.addAll(projects);
        return new AutosuspendOptions(idleTime, reservedProcesses, interval, all, listener);
    }

    /**
     * Sets a listener for the report of each round. The thread of the round calls it.
     *
     * @param receiver the listener
     * @return a copy
     */
    public AutosuspendOptions onReport(Consumer<AutosuspendReport> receiver) {
        return new AutosuspendOptions(idleTime, reservedProcesses, interval, exempt, receiver);
    }
}
