package org.citustenancy.internal.provisioning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.observing.LostRows;
import org.citustenancy.internal.observing.ObservedProject;
import org.citustenancy.internal.observing.OpenDatabases;
import org.citustenancy.internal.observing.ProjectObserver;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.PlanningContext;
import org.citustenancy.internal.planning.WaitingGrants;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.ReadOnlyCall;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.verifying.AccessFindings;
import org.citustenancy.internal.verifying.ClusterFindings;
import org.citustenancy.internal.verifying.DaemonFindings;
import org.citustenancy.internal.verifying.DistributionFindings;
import org.citustenancy.internal.verifying.HbaFindings;
import org.citustenancy.internal.verifying.InterNodeAuthFindings;
import org.citustenancy.internal.verifying.PasswordFindings;
import org.citustenancy.internal.verifying.PreparedFindings;
import org.citustenancy.internal.verifying.RecoveryFindings;
import org.citustenancy.internal.verifying.RowFindings;
import org.citustenancy.internal.verifying.ServerFindings;
import org.citustenancy.internal.verifying.ShardFindings;
import org.citustenancy.internal.verifying.StandbyFindings;
import org.citustenancy.internal.verifying.StateFindings;
import org.citustenancy.internal.verifying.StepFindings;
import org.citustenancy.internal.verifying.UserSettingFindings;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.plan.Verification;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Compares a project with its desired state on every node. */
public final class ProjectVerifier {

    private static final String CITUS = "citus";

    private final Cluster cluster;

    /** Creates a verifier of projects on a cluster. */
    public ProjectVerifier(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Verifies a project.
     *
     * @return the findings
     */
    public Verification verify(String project) {
        return verify(project, true);
    }

    /**
     * Verifies a project alone.
     *
     * @return the findings of the project, without those that concern all projects
     */
    Verification verifyAlone(String project) {
        return verify(project, false);
    }

    /**
     * Verifies the state that concerns all projects.
     *
     * @return the findings
     */
    List<Finding> ofCluster(Session maintenance, Topology topology) {
        return Stream.of(
                        ClusterFindings.in(OpenDatabases.on(maintenance, topology, cluster.maintenanceDatabase())),
                        ServerFindings.of(maintenance, topology),
                        RecoveryFindings.of(maintenance, topology),
                        StandbyFindings.of(maintenance, topology))
                .flatMap(List::stream)
                .toList();
    }

    private Verification verify(String project, boolean withCluster) {
        return ReadOnlyCall.changingNothing(() -> look(project, withCluster));
    }

    private Verification look(String project, boolean withCluster) {
        Deadline deadline = cluster.deadline();
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), project, deadline)) {
            Topology topology = TopologyReader.read(sessions.maintenance(), cluster.requireCitus());
            ProjectRegistry registry = cluster.registry(sessions.maintenance());
            ProjectRegistry.Entry entry = registry.require(project);
            List<Finding> findings = new ArrayList<>();
            List<Finding> ofState =
                    StateFindings.of(entry.state(), AdvisoryLock.isAtWork(sessions.maintenance(), project));
            if (!isOpen(entry.state()) && entry.state() != ProjectState.CREATING) {
                // An object that is not created yet or already dropped is no fault of the nodes.
                return new Verification(project, ofState);
            }
            DesiredProject desired = entry.desired();
            boolean suspended = DaemonFindings.isSuspended(sessions.maintenance(), topology, project);
            List<Node> ended = DaemonFindings.endedInUse(sessions.maintenance(), topology, project, deadline);
            ObservedProject observed = new ProjectObserver(topology).observe(sessions, desired);
            PlanningContext context = new PlanningContext(desired, observed, topology);
            List<LostRows> lost =
                    LostRows.in(sessions, topology, observed, entry.state().isComplete());
            findings.addAll(ShardFindings.ofLoss(context, lost));
            findings.addAll(ofState);
            findings.addAll(PasswordFindings.of(sessions.maintenance(), desired.userNames()));
            List<Finding> toDo = StepFindings.in(context, !lost.isEmpty());
            findings.addAll(toDo);
            // Otherwise, the pending steps may be the reason.
            if (toDo.isEmpty()) {
                findings.addAll(InterNodeAuthFindings.in(observed));
            }
            findings.addAll(ShardFindings.in(context));
            findings.addAll(ofRows(sessions, context));
            findings.addAll(ofDistribution(sessions, context));
            findings.addAll(context.insideIsHidden() ? List.of(hidden(context)) : waiting(context));
            List<Finding> withoutDaemon = suspended ? List.of() : ofDaemons(sessions, context, deadline);
            findings.addAll(withoutDaemon);
            findings.addAll(DaemonFindings.started(ended, withoutDaemon));
            findings.addAll(PreparedFindings.of(sessions.maintenance(), topology, project));
            findings.addAll(ofAccess(sessions, context));
            findings.addAll(AccessFindings.elsewhere(
                    sessions.maintenance(), topology, Set.copyOf(desired.userNames()), others(registry, project)));
            findings.addAll(UserSettingFindings.of(sessions.maintenance(), topology, desired));
            findings.addAll(ofDoors(sessions, context));
            if (withCluster) {
                findings.addAll(ofCluster(sessions.maintenance(), topology));
            }
            return new Verification(project, findings);
        }
    }

    private static Finding hidden(PlanningContext context) {
        return new Finding(
                Severity.SEVERE,
                context.topology().coordinator().toString(),
                "the inside of the database was not looked at: its settings could run code of the project's users with the "
                        + "admin's rights",
                "call repair(), which protects the admin's sessions there, then verify again");
    }

    private static List<Finding> waiting(PlanningContext context) {
        return WaitingGrants.in(context).stream()
                .map(grant -> new Finding(
                        Severity.NOTICE,
                        context.topology().coordinator().toString(),
                        grant,
                        "create it, then call repair()"))
                .toList();
    }

    private static List<Finding> ofDaemons(ProjectSessions sessions, PlanningContext context, Deadline deadline) {
        Topology topology = context.topology();
        if (!context.observed().on(topology.coordinator()).has(CITUS)) {
            return List.of();
        }
        List<Node> workers = topology.workers().stream()
                .filter(worker -> context.observed().on(worker).has(CITUS))
                .toList();
        return DaemonFindings.of(
                sessions.maintenance(),
                topology.with(workers),
                context.desired().name(),
                deadline);
    }

    private static List<Finding> ofRows(ProjectSessions sessions, PlanningContext context) {
        Topology topology = context.topology();
        List<Finding> findings = new ArrayList<>();
        if (topology.citus()) {
            findings.addAll(
                    RowFindings.orphans(sessions, topology, context.desired().name()));
            if (context.observed().on(topology.coordinator()).has(CITUS)) {
                findings.addAll(RowFindings.groups(sessions, topology));
            }
        }
        return findings;
    }

    private static List<Finding> ofDistribution(ProjectSessions sessions, PlanningContext context) {
        Topology topology = context.topology();
        return context.desired()
                .distribution()
                .filter(rules -> topology.citus()
                        && !context.insideIsHidden()
                        && context.observed().on(topology.coordinator()).has(CITUS))
                .map(rules -> DistributionFindings.of(sessions.project(), topology, rules))
                .orElse(List.of());
    }

    private static List<Finding> ofAccess(ProjectSessions sessions, PlanningContext context) {
        boolean everywhere = context.topology().nodes().stream()
                .allMatch(node -> context.observed().on(node).privileges().isPresent()
                        && (!context.topology().citus()
                                || context.observed().on(node).has(CITUS)));
        return everywhere
                ? AccessFindings.onTables(sessions.project(), context.topology(), context.desired())
                : List.of();
    }

    private static Map<String, Set<String>> others(ProjectRegistry registry, String project) {
        Map<String, Set<String>> others = new TreeMap<>();
        registry.list().stream()
                .filter(other -> !other.name().equals(project) && isOpen(other.state()))
                .forEach(other -> others.put(other.name(), Set.copyOf(other.users())));
        return others;
    }

    /**
     * Checks whether a project accepts sessions. A project that is being created or dropped does not, regardless of its
     * privileges.
     */
    private static boolean isOpen(ProjectState state) {
        return state.isComplete();
    }

    private List<Finding> ofDoors(ProjectSessions sessions, PlanningContext context) {
        Set<String> users = new HashSet<>(context.desired().userNames());
        users.add(cluster.sessions().admin());
        Set<String> databases = Set.of(context.desired().name(), cluster.maintenanceDatabase());
        return HbaFindings.of(sessions.maintenance(), context.topology(), users, databases);
    }
}
