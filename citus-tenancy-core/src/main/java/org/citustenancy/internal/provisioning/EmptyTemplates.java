package org.citustenancy.internal.provisioning;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.internal.observing.EmptyTemplateObserver;
import org.citustenancy.internal.observing.ObservedEmptyTemplate;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.EmptyTemplatePlanner;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.EmptyTemplateQueries;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ensures that every node has an empty template before many new projects are created. */
public final class EmptyTemplates {

    private static final Logger LOG = LoggerFactory.getLogger(EmptyTemplates.class);

    /** The number of new databases from which an empty template costs less than it saves. */
    private static final int WORTHWHILE = 3;

    private final Cluster cluster;

    /** Creates the empty templates of a cluster. */
    public EmptyTemplates(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Creates the empty templates that are missing on any node, if enough of these projects are new.
     *
     * @param projects the projects that are about to be created or changed
     */
    public void makeForNew(List<String> projects) {
        if (isWorthwhile(projects.size())) {
            bestEffort(() -> {
                List<String> known = known();
                long absent =
                        projects.stream().filter(name -> !known.contains(name)).count();
                if (isWorthwhile(absent)) {
                    make(UnaryOperator.identity());
                }
            });
        }
    }

    /**
     * Creates the missing empty templates, if there are enough databases.
     *
     * @param databases how many databases are about to be created on each node
     */
    public void makeFor(int databases, UnaryOperator<Topology> scope) {
        if (isWorthwhile(databases)) {
            bestEffort(() -> make(scope));
        }
    }

    private boolean isWorthwhile(long databases) {
        return databases >= WORTHWHILE && cluster.emptyTemplates();
    }

    /**
     * Creates empty templates and ignores failures: projects can be created without them, and each project reports its
     * own obstacles.
     */
    private static void bestEffort(Runnable making) {
        try {
            making.run();
        } catch (OperationInterruptedException interrupted) {
            throw interrupted;
        } catch (CitusTenancyException failure) {
            LOG.warn("There is no empty template to make others from; they are made without it", failure);
        }
    }

    private List<String> known() {
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            ProjectRegistry registry = cluster.registry(maintenance);
            registry.ensure();
            return registry.list().stream().map(RegisteredProject::name).toList();
        }
    }

    private void make(UnaryOperator<Topology> scope) {
        Deadline deadline = cluster.deadline();
        String name = EmptyTemplateQueries.NAME;
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), name, deadline);
                AdvisoryLock lock = AdvisoryLock.onProject(sessions.maintenance(), name)) {
            Topology topology = scope.apply(TopologyReader.read(sessions.maintenance(), cluster.requireCitus()));
            if (topology.citus()) {
                Map<Node, ObservedEmptyTemplate> observed =
                        EmptyTemplateObserver.observe(sessions.maintenance(), topology);
                EmptyTemplatePlanner planner =
                        new EmptyTemplatePlanner(cluster.sessions().admin(), observed);
                run(planner.make(), topology, sessions);
                compact(planner.compact(), topology, sessions);
                run(planner.seal(), topology, sessions);
            }
        }
    }

    /** Compacts empty templates and ignores failures: a template that is not compacted also works. */
    private void compact(List<PlannedStep> steps, Topology topology, ProjectSessions sessions) {
        try {
            run(steps, topology, sessions);
        } catch (StepFailedException failure) {
            LOG.debug("The empty template is larger than it could be", failure);
        }
    }

    private void run(List<PlannedStep> steps, Topology topology, ProjectSessions sessions) {
        if (!steps.isEmpty()) {
            new ProjectContext(cluster, topology, sessions, EmptyTemplateQueries.NAME).run(steps);
        }
    }
}
