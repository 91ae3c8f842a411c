package org.citustenancy.internal.rowaccess;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.internal.planning.PlanPrinter;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.RowRolePlanner;
import org.citustenancy.internal.progress.ProgressReport;
import org.citustenancy.internal.running.NumberedStep;
import org.citustenancy.internal.running.PlanRunner;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.running.StepProgress;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.session.Sessions;
import org.citustenancy.internal.sql.RowRoleStatements;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the sessions in which one operation moves rows of one project. They belong to a temporary role per table owner,
 * which exists on every node while this object is open, and is always dropped when it is closed.
 */
public final class RowSessions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RowSessions.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NAME_BYTES = 8;

    /** The additional time for removing a role, after the deadline of the operation. */
    private static final Duration LAST = Duration.ofSeconds(30);

    /** Roles that cannot be removed now are removed later. */
    private static final Duration LAST_ON_SILENT_NODES = Duration.ofSeconds(2);

    private final Sessions sessions;
    private final ExecutorService threads;
    private final Topology topology;
    private final String project;
    private final Deadline deadline;
    private final Map<RowOwner, RowRole> roles = new LinkedHashMap<>();
    private final List<Session> locks = new ArrayList<>();

    /**
     * A temporary role.
     *
     * @param name its name
     * @param owner the role of which it is a member
     * @param password its password
     */
    public record RowRole(String name, String owner, Secret password) {}

    /**
     * Creates an object without open sessions, for one operation.
     *
     * @param sessions opens them
     * @param threads runs nodes at the same time
     * @param project the project's database, on all of these nodes
     * @param deadline the time by which the operation must have ended
     */
    public RowSessions(
            Sessions sessions, ExecutorService threads, Topology topology, String project, Deadline deadline) {
        this.sessions = sessions;
        this.threads = threads;
        this.topology = topology;
        this.project = project;
        this.deadline = deadline;
    }

    /**
     * Opens a session on the coordinator that may move the rows of an owner's tables, and has no more privileges than
     * that owner.
     *
     * @param owner the owner; for a superuser, whose tables no other role can move, this is the admin's session
     * @return a session that must be closed before this object
     */
    public Session open(RowOwner owner) {
        if (owner.superuser()) {
            return sessions.distributing(project, deadline);
        }
        RowRole role = role(owner);
        return sessions.rows(project, role.name(), role.password(), deadline);
    }

    /**
     * Returns the sessions for a plan that changes objects of an owner: its steps in the project's database run with
     * the privileges of that owner, on the workers, too.
     *
     * @param owner the owner, which is no superuser
     * @return the sessions, none of them open yet, which must be closed before this object
     */
    public ProjectSessions sessionsOf(RowOwner owner) {
        return new ProjectSessions(() -> sessions.maintenance(deadline), () -> open(owner));
    }

    /**
     * Returns the temporary role of an owner, and creates it at its first use.
     *
     * @param owner the owner, which is no superuser
     */
    public synchronized RowRole role(RowOwner owner) {
        RowRole known = roles.get(owner);
        if (known != null) {
            return known;
        }
        RowRole role = new RowRole(name(), owner.name(), Secret.generate());
        Session lock = sessions.maintenance(deadline);
        locks.add(lock);
        AdvisoryLock.onRowRole(lock, role.name()).untilTheSessionEnds();
        long seconds = deadline.remainingSeconds() + LAST.toSeconds();
        List<PlannedStep> steps = new RowRolePlanner(topology, project)
                .create(
                        role.name(),
                        owner.name(),
                        role.password(),
                        seconds,
                        owner.bypassesPolicies(),
                        owner.notesPlacements());
        try (ProjectSessions projectSessions = new ProjectSessions(sessions, project, deadline)) {
            new OrphanedRoles(topology, project).removeIfSeen(lock, projectSessions, threads);
            // From here on, there may be a role to remove.
            roles.put(owner, role);
            run(steps, projectSessions, threads, topology, project);
        }
        return role;
    }

    private static String name() {
        byte[] bytes = new byte[NAME_BYTES];
        RANDOM.nextBytes(bytes);
        return RowRoleStatements.PREFIX + HexFormat.of().formatHex(bytes);
    }

    static void run(
            List<PlannedStep> steps,
            ProjectSessions projectSessions,
            ExecutorService threads,
            Topology topology,
            String project) {
        ProvisioningPlan shown = PlanPrinter.show(project, project, steps);
        List<NumberedStep> numbered = IntStream.range(0, steps.size())
                .mapToObj(index ->
                        new NumberedStep(steps.get(index), shown.steps().get(index)))
                .toList();
        new PlanRunner(projectSessions, threads, user -> true)
                .run(
                        numbered,
                        new StepProgress(project, numbered.size(), StepListener.NONE, ProgressReport.silent(project)));
    }

    /**
     * Removes the roles from every node, even if the thread is interrupted. A role that cannot be removed is left to
     * the next operation on the project, and reported by {@code verify()}.
     */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            Duration allowed = sessions.silentNodes().wereFoundLately() ? LAST_ON_SILENT_NODES : LAST;
            roles.values().forEach(role -> remove(role, allowed));
            roles.clear();
        } finally {
            locks.forEach(Session::close);
            locks.clear();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void remove(RowRole role, Duration allowed) {
        try (ProjectSessions projectSessions = new ProjectSessions(sessions, project, Deadline.in(allowed))) {
            run(
                    RowRolePlanner.drop(topology.nodes(), role.name(), role.owner()),
                    projectSessions,
                    threads,
                    topology,
                    project);
        } catch (CitusTenancyException failure) {
            LOG.warn("The temporary role \"{}\" of \"{}\" could not be removed", role.name(), project, failure);
        }
    }
}
