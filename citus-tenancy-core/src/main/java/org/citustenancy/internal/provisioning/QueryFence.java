package org.citustenancy.internal.provisioning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.FenceRetry;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.FenceStatements;
import org.citustenancy.internal.sql.RotationQueries;
import org.citustenancy.internal.sql.TableQueries;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a project's distributed queries wait during a change that they must not see half done.
 *
 * <p>A statement locks its tables before it opens connections to other nodes, and reads again what changed once it has
 * the lock. So a statement that waits here begins with the new state, and a statement that is already running ends with
 * the old state.
 */
final class QueryFence {

    private static final Logger LOG = LoggerFactory.getLogger(QueryFence.class);

    /** The time for naming the sessions that hold the tables, after the deadline. */
    private static final Duration LAST = Duration.ofSeconds(5);

    private static final Duration BETWEEN = Duration.ofMillis(100);

    /** lock_not_available and deadlock_detected. */
    private static final Set<String> BUSY = Set.of("55P03", "40P01");

    private final Cluster cluster;
    private final Topology topology;
    private final Deadline deadline;

    QueryFence(Cluster cluster, Topology topology, Deadline deadline) {
        this.cluster = cluster;
        this.topology = topology;
        this.deadline = deadline;
    }

    /**
     * Runs work behind the fences of several projects at once.
     *
     * @param <T> the type of the result
     * @throws DeadlineExceededException if a fence does not close in time; the work has not begun
     */
    <T> T around(List<String> projects, Supplier<T> work) {
        List<Session> closed = close(projects);
        try {
            return work.get();
        } finally {
            closed.forEach(Session::close);
        }
    }

    private List<Session> close(List<String> projects) {
        return FenceRetry.untilLocked(BUSY, () -> attempt(projects), busy -> {
            String project = busy.failure().where().database().orElse("");
            LOG.debug("The tables of {} are locked: {}", project, busy.serverMessage());
            pause(project);
        });
    }

    /** Closes the fences. Opens all of them again if one cannot be closed soon. */
    private List<Session> attempt(List<String> projects) {
        List<Session> closed = new ArrayList<>();
        String closing = "";
        boolean all = false;
        try {
            for (String project : projects) {
                closing = project;
                Session session = cluster.sessions().distributing(project, deadline);
                closed.add(session);
                close(session);
            }
            all = true;
            return closed;
        } catch (DeadlineExceededException passed) {
            throw exceeded(closing, passed);
        } finally {
            if (!all) {
                closed.forEach(Session::close);
            }
        }
    }

    private void pause(String project) {
        try {
            deadline.sleep(BETWEEN, Place.unknown().in(project));
        } catch (DeadlineExceededException passed) {
            throw exceeded(project, passed);
        }
    }

    private DeadlineExceededException exceeded(String project, DeadlineExceededException passed) {
        if (cluster.sessions().silentNodes().wereFoundLately()) {
            return passed;
        }
        String holders = holders(project);
        return new DeadlineExceededException(
                Failure.of("The distributed tables of \"" + project
                                + "\" were in use for as long as this was allowed to take"
                                + (holders.isEmpty() ? "" : ": " + holders))
                        .where(passed.failure().where())
                        .state("nothing was changed")
                        .fix(
                                "wait until these transactions have ended or end them, or allow more time, and run it again"),
                passed);
    }

    /** Returns the sessions that hold the tables, empty if no answer arrives soon. */
    private String holders(String project) {
        boolean interrupted = Thread.interrupted();
        Set<String> holders = new TreeSet<>();
        try (Session session = cluster.sessions().admin(project, Deadline.in(LAST))) {
            Question<List<Holder>> question = Question.list(
                    RotationQueries.holders(),
                    row -> new Holder(row.text(RotationQueries.ROLE), row.number(RotationQueries.PROCESS)));
            add(holders, topology.coordinator(), BatchQueryExecutor.askCoordinator(session, question));
            BatchQueryExecutor.tryWorkers(session, topology.workers(), question)
                    .forEach((worker, reply) -> reply.answer().ifPresent(there -> add(holders, worker, there)));
        } catch (CitusTenancyException failure) {
            LOG.debug("The sessions that hold the tables of {} could not be determined", project, failure);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return String.join(", ", holders);
    }

    private static void add(Set<String> holders, Node node, List<Holder> there) {
        there.forEach(
                holder -> holders.add("\"" + holder.role() + "\" (process " + holder.process() + " on " + node + ")"));
    }

    private record Holder(String role, int process) {}

    /** Ends the transaction by closing the session. The transaction must not commit on any node. */
    private static void close(Session session) {
        session.begin();
        List<TableName> tables = session.fetch(FenceStatements.tables()).stream()
                .map(row -> new TableName(row.get(TableQueries.SCHEMA), row.get(TableQueries.TABLE)))
                .toList();
        session.fetch(FenceStatements.lockTimeout(FenceRetry.ATTEMPT_MILLIS));
        if (!tables.isEmpty()) {
            session.execute(FenceStatements.close(tables));
        }
    }
}
