package org.citustenancy.internal.cloning;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.SourceClosing;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.ProjectContext;
import org.citustenancy.internal.registry.ChangingProjects;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.CloningStatements;
import org.citustenancy.topology.Topology;

/** A source project that accepts no sessions until this object is closed. Callers always close it. */
final class ClosedSource implements AutoCloseable {

    /** The additional time for opening the source again, after the deadline of the operation. */
    private static final Duration LAST = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final Topology topology;
    private final String project;
    private final SourceClosing closing;
    private ChangingProjects changing = ChangingProjects.none();

    private ClosedSource(Cluster cluster, Topology topology, String project, SourceClosing closing) {
        this.cluster = cluster;
        this.topology = topology;
        this.project = project;
        this.closing = closing;
    }

    static ClosedSource close(
            Cluster cluster,
            Topology topology,
            String project,
            SourceClosing closing,
            boolean endSessions,
            Deadline deadline) {
        ClosedSource source = new ClosedSource(cluster, topology, project, closing);
        boolean closed = false;
        try {
            source.run(
                    closing.close(endSessions),
                    deadline,
                    sessions -> source.changing = ChangingProjects.among(sessions.maintenance(), List.of(project)));
            closed = true;
            return source;
        } catch (StepFailedException failure) {
            throw isInUse(failure) ? inUse(project, failure) : failure;
        } finally {
            if (!closed) {
                source.close();
            }
        }
    }

    /**
     * Opens the source again, even if the thread is interrupted. If the clone succeeded, its plan has already done so.
     */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            run(closing.open(), Deadline.in(LAST), before -> {});
            try (Session maintenance = cluster.sessions().maintenance(Deadline.in(LAST))) {
                changing.ready(maintenance, project);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run(List<PlannedStep> steps, Deadline deadline, Consumer<ProjectSessions> before) {
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), project, deadline)) {
            before.accept(sessions);
            new ProjectContext(cluster, topology, sessions, project).run(steps);
        }
    }

    private static boolean isInUse(StepFailedException failure) {
        return failure.getCause() instanceof ServerErrorException refused
                && refused.sqlState().equals(CloningStatements.IN_USE);
    }

    private static CitusTenancyException inUse(String project, StepFailedException failure) {
        String clients = failure.getCause() instanceof ServerErrorException refused ? refused.serverMessage() : "";
        return new ConflictException(
                Failure.of("The project \"" + project + "\" cannot be cloned while it is used: " + clients)
                        .where(failure.failure().where())
                        .state("nothing; it is open again")
                        .fix("end that, or let the clone end the sessions with endingSessions()"),
                failure);
    }
}
