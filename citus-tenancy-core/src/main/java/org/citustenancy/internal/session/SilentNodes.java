package org.citustenancy.internal.session;

import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.internal.sql.WorkerQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;

/**
 * Finds the nodes that accept connections and do not answer. A statement that waits for such a node looks like one that
 * takes long, so nothing else names the node.
 */
public final class SilentNodes {

    /** The action for an administrator. */
    static final String FIX =
            "stop or restart the server; if a standby takes over, call relocate; then repeat the call";

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Operations whose deadlines pass together have the same reason. */
    private static final Duration VALID = Duration.ofSeconds(5);

    private final Sessions sessions;
    private final ExecutorService threads;
    private List<String> last = List.of();
    private long lastEnd = System.nanoTime() - VALID.toNanos();

    SilentNodes(Sessions sessions, ExecutorService threads) {
        this.sessions = sessions;
        this.threads = threads;
    }

    /**
     * Queries every node, with a time limit of two seconds each.
     *
     * @return the names of the nodes that did not answer in time; without those that refuse connections
     */
    public List<String> find() {
        List<Node> workers;
        try (Session maintenance = sessions.maintenance(Deadline.in(TIMEOUT))) {
            workers = maintenance.fetch(WorkerQueries.registrations()).stream()
                    .map(row -> new Node(NodeRole.WORKER, row.get(PG_DIST_NODE.host), row.get(PG_DIST_NODE.port)))
                    .toList();
        } catch (DeadlineExceededException hangs) {
            return hangs.failure().where().node().stream().toList();
        } catch (OperationInterruptedException interrupted) {
            throw interrupted;
        } catch (CitusTenancyException unknown) {
            // Without Citus, or without the coordinator, there is no list of nodes.
            return List.of();
        }
        List<Boolean> silent = new ParallelTasks(threads, Math.max(1, workers.size())).each(workers, this::isSilent);
        return IntStream.range(0, workers.size())
                .filter(silent::get)
                .mapToObj(index -> workers.get(index).toString())
                .toList();
    }

    /**
     * Queries every node, before an operation on many projects: each project would wait until its deadline.
     *
     * @return the failure of the operation, absent if every node answers or refuses connections
     */
    public Optional<NodeUnreachableException> failure() {
        List<String> silent = find();
        return silent.isEmpty()
                ? Optional.empty()
                : Optional.of(new NodeUnreachableException(Failure.of(described(silent))
                        .state("nothing was changed")
                        .fix(FIX)));
    }

    static String described(List<String> silent) {
        return (silent.size() == 1
                        ? "A node accepts connections and does not answer: the "
                        : "Some nodes accept " + "connections and do not answer: the ")
                + String.join(", the ", silent);
    }

    /** Returns the nodes that do not answer, perhaps as they were some seconds ago. */
    synchronized List<String> lately() {
        if (!isRecent()) {
            last = find();
            lastEnd = System.nanoTime();
        }
        return last;
    }

    /** Returns whether a node did not answer some seconds ago. */
    public synchronized boolean wereFoundLately() {
        return isRecent() && !last.isEmpty();
    }

    private boolean isRecent() {
        return System.nanoTime() - lastEnd < VALID.toNanos();
    }

    private boolean isSilent(Node worker) {
        try (Session own = sessions.maintenance(Deadline.in(TIMEOUT))) {
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
