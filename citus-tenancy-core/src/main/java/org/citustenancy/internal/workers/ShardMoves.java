package org.citustenancy.internal.workers;

import static org.citustenancy.internal.sql.catalog.PgDistBackgroundJob.PG_DIST_BACKGROUND_JOB;
import static org.citustenancy.internal.sql.catalog.PgDistBackgroundTask.PG_DIST_BACKGROUND_TASK;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.errors.Place;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.progress.ProgressReport;
import org.citustenancy.internal.progress.ProgressReports;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.rowaccess.RowOwner;
import org.citustenancy.internal.rowaccess.RowOwners;
import org.citustenancy.internal.rowaccess.RowSessions;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Result;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.sql.RowOwnerQueries;
import org.citustenancy.internal.sql.WorkerStatements;
import org.citustenancy.progress.Activity;
import org.citustenancy.progress.Count;
import org.citustenancy.progress.Progress;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.workers.PlannedMove;
import org.citustenancy.workers.PlannedMoves;
import org.citustenancy.workers.Rebalancing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves shards, each in a session of a temporary role that has the privileges of the tables' owner. Background moves of
 * Citus are not used, because they begin with copies of reference tables, which Citus makes as a superuser.
 */
public final class ShardMoves {

    private static final Logger LOG = LoggerFactory.getLogger(ShardMoves.class);
    private static final String RUNNING = "running";
    private static final String MOVES = "moves of shards";
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(30);

    /** The number of retries. Citus itself would continue for hours. */
    private static final int RETRIES = 2;

    private final Cluster cluster;

    /** Creates moves of shards on a cluster. */
    public ShardMoves(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Distributes the shards of every project evenly.
     *
     * @param how the options of the moves
     */
    public void rebalanceAll(Rebalancing how) {
        Deadline deadline = cluster.sessions().deadline(how.within());
        eachAlone(project -> move(project, false, how, deadline));
    }

    /** Runs work in each project alone. A project that refuses does not stop the others. */
    private void eachAlone(Consumer<String> work) {
        List<CitusTenancyException> failures = new ArrayList<>();
        for (String project : ManagedProjects.names(cluster)) {
            try {
                work.accept(project);
            } catch (DeadlineExceededException | OperationInterruptedException ended) {
                failures.forEach(ended::addSuppressed);
                throw ended;
            } catch (CitusTenancyException failure) {
                failures.add(failure);
            }
        }
        if (!failures.isEmpty()) {
            CitusTenancyException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    /**
     * Returns the moves that {@link #rebalanceAll} would make now. Changes nothing.
     *
     * @param how the options of the moves
     */
    public PlannedMoves planAll(Rebalancing how) {
        Map<String, List<PlannedMove>> moves = new LinkedHashMap<>();
        eachAlone(project -> moves.put(project, plan(project, Optional.empty(), how)));
        return new PlannedMoves(moves);
    }

    /**
     * Returns the moves of a project: of all shards on a node that is to be drained, or of all unevenly distributed
     * shards.
     */
    List<PlannedMove> plan(String project, Optional<Node> drained, Rebalancing how) {
        Deadline deadline = cluster.deadline();
        try (Session maintenance = cluster.sessions().maintenance(deadline);
                Session session = cluster.sessions().admin(project, deadline)) {
            MovableShards movable = new MovableShards(project, session);
            movable.requireAllThere(maintenance, TopologyReader.read(maintenance, cluster.requireCitus()));
            Set<ShardMove> moves = session.thenUndone(() -> {
                // Citus plans from its list of nodes, in which the worker may still hold shards.
                drained.ifPresent(node -> session.execute(WorkerStatements.assumeDrained(node)));
                return toMove(session, movable, drained.isPresent(), how).keySet();
            });
            Map<Long, Long> bytes = moves.isEmpty()
                    ? Map.of()
                    : session.fetch(WorkerStatements.sizes()).intoMap(WorkerStatements.SHARD, WorkerStatements.BYTES);
            return moves.stream().map(move -> move.planned(bytes)).toList();
        }
    }

    /**
     * Rebalances one project after the other, because each move takes processes and replication slots, which are
     * limited on the nodes.
     */
    void rebalance(List<String> projects, Rebalancing how, ProjectChanges changes) {
        Deadline deadline = cluster.sessions().deadline(how.within());
        changes.inEach(projects, new ParallelTasks(cluster.threads(), 1), project -> {
            move(project, false, how, deadline);
            return List.of();
        });
    }

    /** Moves the shards of a project away from nodes that must hold none. */
    void drain(String project, Rebalancing how, Deadline deadline) {
        move(project, true, how, deadline);
    }

    private void move(String project, boolean drainOnly, Rebalancing how, Deadline deadline) {
        try (Session maintenance = cluster.sessions().maintenance(deadline);
                AdvisoryLock lock = AdvisoryLock.onMoves(maintenance, project);
                Session session = cluster.sessions().admin(project, deadline)) {
            // A background job that another session started must end first; otherwise both would move the same shards.
            job(session, WorkerStatements.movingNow()).ifPresent(job -> await(session, project, job, how, deadline));
            Topology topology = TopologyReader.read(maintenance, cluster.requireCitus());
            MovableShards movable = new MovableShards(project, session);
            movable.requireAllThere(maintenance, topology);
            session.execute(WorkerStatements.clearLeftovers());
            Map<ShardMove, RowOwner> byOwner = toMove(session, movable, drainOnly, how);
            if (byOwner.isEmpty()) {
                return;
            }
            try (RowSessions rows =
                    new RowSessions(cluster.sessions(), cluster.threads(), topology, project, deadline)) {
                long begun = System.nanoTime();
                move(project, byOwner, rows, how);
                LOG.info(
                        "Moved {} shards of \"{}\" in {} ms",
                        byOwner.size(),
                        project,
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            } catch (CitusTenancyException failure) {
                clear(project, failure);
                throw failure;
            }
        }
    }

    /**
     * Returns the moves, each with the role that may make it. Throws if a part of them is impossible. Changes nothing.
     */
    private static Map<ShardMove, RowOwner> toMove(
            Session session, MovableShards movable, boolean drainOnly, Rebalancing how) {
        Map<ShardMove, RowOwner> byOwner = new LinkedHashMap<>();
        List<ShardMove> moves = ShardMove.in(plan(session, drainOnly));
        if (!moves.isEmpty()) {
            movable.requireIdentity(moves.stream().map(ShardMove::shard).toList(), how.transfer());
            RowOwners owners = new RowOwners(session);
            owners.requireReferences();
            moves.forEach(move -> owners.of(RowOwnerQueries.groupsOfShards(List.of(move.shard())))
                    .ifPresent(owner -> byOwner.put(move, owner)));
        }
        return byOwner;
    }

    private static List<? extends Record> plan(Session session, boolean drainOnly) {
        try {
            return session.fetch(WorkerStatements.plannedMoves(drainOnly));
        } catch (ServerErrorException refused) {
            throw failed(session.place(), refused.serverMessage(), refused);
        }
    }

    /**
     * Makes the moves one after the other, because each takes processes and replication slots, which are limited on the
     * nodes.
     */
    private void move(String project, Map<ShardMove, RowOwner> moves, RowSessions rows, Rebalancing how) {
        Map<RowOwner, Session> open = new HashMap<>();
        ProgressReport report = cluster.reports().begin(Activity.SHARD_MOVES, project, how.listener());
        try (ProgressReports.Repetition beat = cluster.reports().repeat(report)) {
            int done = 0;
            report.reached(RUNNING, new Count(done, moves.size(), MOVES));
            for (Map.Entry<ShardMove, RowOwner> move : moves.entrySet()) {
                move(move.getKey(), open.computeIfAbsent(move.getValue(), rows::open), how);
                done++;
                LOG.debug("\"{}\": {} done", project, move.getKey());
                report.reached(done < moves.size() ? RUNNING : Progress.DONE, new Count(done, moves.size(), MOVES));
            }
        } finally {
            open.values().forEach(Session::close);
        }
    }

    private static void move(ShardMove move, Session session, Rebalancing how) {
        try {
            session.fetch(WorkerStatements.moveShard(
                    move.shard(), move.source(), move.target(), how.transfer().word()));
        } catch (ServerErrorException refused) {
            throw failed(session.place(), refused.serverMessage(), refused);
        }
    }

    /** Removes the remains of an unfinished move from the nodes. */
    private void clear(String project, CitusTenancyException reason) {
        boolean interrupted = Thread.interrupted();
        try (Session session = cluster.sessions().admin(project, Deadline.in(TIME_TO_STOP))) {
            session.execute(WorkerStatements.clearLeftovers());
        } catch (CitusTenancyException failure) {
            LOG.warn("What a move of shards in \"{}\" has left could not be cleared away", project, failure);
            reason.addSuppressed(failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Optional<Long> job(Session session, ResultQuery<? extends Record> query) {
        return session.fetch(query).stream()
                .map(row -> row.get(WorkerStatements.JOB))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private void await(Session session, String project, long job, Rebalancing how, Deadline deadline) {
        ProgressReport report = cluster.reports().begin(Activity.SHARD_MOVES, project, how.listener());
        try {
            while (!hasEnded(session, job, report)) {
                deadline.sleep(LOOK_EVERY, session.place().at("move shards"));
            }
        } catch (DeadlineExceededException | OperationInterruptedException | StepFailedException ended) {
            stop(project, ended);
            throw ended;
        }
    }

    private static boolean hasEnded(Session session, long job, ProgressReport report) {
        String state = session.fetch(WorkerStatements.job(job)).stream()
                .map(row -> row.get(PG_DIST_BACKGROUND_JOB.state))
                .findFirst()
                .orElse("finished");
        Result<? extends Record> tasks = session.fetch(WorkerStatements.tasks(job));
        int done = (int) tasks.stream()
                .filter(task -> "done".equals(task.get(PG_DIST_BACKGROUND_TASK.status)))
                .count();
        report.reached("wait for a rebalance of Citus, which is " + state, new Count(done, tasks.size(), MOVES));
        Optional<String> trouble = tasks.stream()
                .filter(ShardMoves::isInTrouble)
                .map(task -> String.valueOf(task.get(PG_DIST_BACKGROUND_TASK.message))
                        .strip())
                .findFirst();
        if (trouble.isPresent() || state.startsWith("fail") || state.startsWith("cancel")) {
            String message = trouble.orElse("the job is " + state);
            throw failed(session.place(), message, new ServerErrorException("XX000", message, session.place()));
        }
        return state.equals("finished");
    }

    private static boolean isInTrouble(Record task) {
        Integer retries = task.get(PG_DIST_BACKGROUND_TASK.retries);
        return "error".equals(task.get(PG_DIST_BACKGROUND_TASK.status)) || (retries != null && retries >= RETRIES);
    }

    private static StepFailedException failed(Place place, String message, ServerErrorException cause) {
        return new StepFailedException(
                Failure.of("Citus cannot move a shard: " + message)
                        .where(place.at("move shards"))
                        .state("the shards that were moved before stay where they are now")
                        .fix("read what Citus says, remove that cause, and call it again"),
                cause);
    }

    /** Stops the move, even if this thread is interrupted, because nothing else would stop it. */
    private void stop(String project, CitusTenancyException reason) {
        boolean interrupted = Thread.interrupted();
        Deadline allowed = Deadline.in(TIME_TO_STOP);
        try (Session session = cluster.sessions().admin(project, allowed)) {
            if (job(session, WorkerStatements.movingNow()).isPresent()) {
                session.execute(WorkerStatements.stopMoving());
            }
            while (job(session, WorkerStatements.movingNow()).isPresent()) {
                allowed.sleep(LOOK_EVERY, session.place().at("stop moving shards"));
            }
            session.execute(WorkerStatements.clearLeftovers());
        } catch (CitusTenancyException failure) {
            LOG.warn("The moving of shards in \"{}\" could not be stopped", project, failure);
            reason.addSuppressed(failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
