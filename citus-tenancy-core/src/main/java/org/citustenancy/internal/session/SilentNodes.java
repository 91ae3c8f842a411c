package org.citustenancy.internal.session;

import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.internal.sql.WorkerQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;

/**
 * Finds the nodes that do not answer, and do not refuse connections either. A statement that waits for such a node looks
 * like one that takes long, so nothing else names the node.
 */
public final class SilentNodes {

    /** The action for an administrator. */
    static final String FIX =
            "stop or restart the server; if a standby takes over, call relocate; then repeat the call";

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** A busy node is not reported to operations that would work. */
    private static final Duration LONG_TIMEOUT = Duration.ofSeconds(10);

    /** Operations whose deadlines pass together have the same reason. */
    private static final Duration VALID = Duration.ofSeconds(5);

    private final Sessions sessions;
    private final ExecutorService threads;
    private final Lock searching = new ReentrantLock();
    private volatile Search last = new Search(List.of(), System.nanoTime() - VALID.toNanos());

    private record Search(List<String> silent, long end) {

        boolean isRecent() {
            return System.nanoTime() - end < VALID.toNanos();
        }
    }

    SilentNodes(Sessions sessions, ExecutorService threads) {
        this.sessions = sessions;
        this.threads = threads;
    }

    /**
     * Queries every node, before an operation on many projects: each project would wait until its deadline.
     *
     * @return the failure of the operation, absent if every node answers within ten seconds, or refuses connections
     */
    public Optional<NodeUnreachableException> failure() {
        List<String> silent = find(TIMEOUT).isEmpty() ? List.of() : find(LONG_TIMEOUT);
        return silent.isEmpty()
                ? Optional.empty()
                : Optional.of(new NodeUnreachableException(Failure.of(described(silent))
                        .state("nothing was changed")
                        .fix(FIX)));
    }

    static String described(List<String> silent) {
        return (silent.size() == 1 ? "A node does not answer: the " : "Some nodes do not answer: the ")
                + String.join(", the ", silent);
    }

    /**
     * Returns the names of the nodes that do not answer, perhaps as they were some seconds ago.
     *
     * @throws OperationInterruptedException if the thread is interrupted
     */
    List<String> lately() {
        try {
            searching.lockInterruptibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw SqlFailures.interrupted(interrupted, Place.unknown());
        }
        try {
            if (!last.isRecent()) {
                last = new Search(find(TIMEOUT), System.nanoTime());
            }
            return last.silent();
        } finally {
            searching.unlock();
        }
    }

    /** Returns whether a node did not answer some seconds ago. */
    public boolean wereFoundLately() {
        return last.isRecent() && !last.silent().isEmpty();
    }

    /** Returns the names of the nodes that did not answer in time; without those that refuse connections. */
    private List<String> find(Duration timeout) {
        List<Node> workers;
        try (Session maintenance = sessions.maintenance(Deadline.in(timeout))) {
            if (maintenance.fetch(WorkerQueries.nodeList()).isEmpty()) {
                return List.of();
            }
            workers = maintenance.fetch(WorkerQueries.registrations()).stream()
                    .map(row -> new Node(NodeRole.WORKER, row.get(PG_DIST_NODE.host), row.get(PG_DIST_NODE.port)))
                    .toList();
        } catch (DeadlineExceededException hangs) {
            return hangs.failure().where().node().stream().toList();
        } catch (OperationInterruptedException interrupted) {
            throw interrupted;
        } catch (CitusTenancyException unknown) {
            // The operation itself meets the same failure and reports it.
            return List.of();
        }
        List<Boolean> silent = new ParallelTasks(threads, Math.max(1, workers.size()))
                .each(workers, worker -> isSilent(worker, timeout));
        return IntStream.range(0, workers.size())
                .filter(silent::get)
                .mapToObj(index -> workers.get(index).toString())
                .toList();
    }

    private boolean isSilent(Node worker, Duration timeout) {
        try (Session own = sessions.maintenance(Deadline.in(timeout))) {
            own.fetch(NodeStatements.run(Map.of(worker, Sql.text(NodeStatements.anything()))));
            return false;
        } catch (DeadlineExceededException hangs) {
            return true;
        } catch (OperationInterruptedException interrupted) {
            throw interrupted;
        } catch (CitusTenancyException refused) {
            return false;
        }
    }
}
