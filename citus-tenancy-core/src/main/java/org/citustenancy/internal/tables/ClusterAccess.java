package org.citustenancy.internal.tables;

import java.util.Optional;
import java.util.function.Function;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.ProjectProvisioner;
import org.citustenancy.internal.provisioning.ProvisioningMode;
import org.citustenancy.internal.rowaccess.RowSessions;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;

/** Accesses the tables of a project of a cluster, in sessions that are opened for each call. */
public final class ClusterAccess implements TableAccess {

    private final Cluster cluster;
    private final String project;
    private final Optional<Actor> actor;

    /**
     * A user in whose name tables are changed.
     *
     * @param user the user
     * @param password the user's password
     */
    public record Actor(String user, Secret password) {}

    /**
     * Creates the access to the tables of a project.
     *
     * @param actor the user in whose name tables are changed, absent for the admin
     */
    public ClusterAccess(Cluster cluster, String project, Optional<Actor> actor) {
        this.cluster = cluster;
        this.project = project;
        this.actor = actor;
    }

    @Override
    public String toString() {
        return "\"" + project + "\"";
    }

    @Override
    public Optional<DistributionRules> rules() {
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            return cluster.registry(maintenance).require(project).desired().distribution();
        }
    }

    @Override
    public <T> Optional<T> read(Function<TableCatalog, T> reading) {
        Deadline deadline = cluster.deadline();
        return topology(deadline).map(nodes -> {
            try (Session session = open(deadline)) {
                return reading.apply(new TableCatalog(session));
            }
        });
    }

    @Override
    public <T> Optional<T> change(Function<Change, T> change) {
        Deadline deadline = cluster.deadline();
        Optional<T> result = topology(deadline).map(nodes -> change(change, nodes, deadline));
        giveWhatWaited(deadline);
        return result;
    }

    private <T> T change(Function<Change, T> change, Topology nodes, Deadline deadline) {
        try (Session session = open(deadline)) {
            if (actor.isPresent()) {
                return change.apply(new SessionChange(session));
            }
            try (RowSessions rows = new RowSessions(cluster.sessions(), cluster.threads(), nodes, project, deadline)) {
                return change.apply(new OwnerChange(session, rows));
            }
        }
    }

    /**
     * Grants what waited: a table that did not exist, or that was distributed since, may be one that grants wait for.
     */
    private void giveWhatWaited(Deadline deadline) {
        boolean hasUsers;
        try (Session maintenance = cluster.sessions().maintenance(deadline)) {
            hasUsers = cluster.registry(maintenance)
                    .find(project)
                    // The end of a preparation or a restore grants these.
                    .filter(entry -> !entry.state().isFilling())
                    .map(entry -> entry.desired().users().size() > 1)
                    .orElse(false);
        }
        if (hasUsers) {
            new ProjectProvisioner(cluster, ProvisioningMode.REPAIR)
                    .create(DesiredProject.named(project), StepListener.NONE);
        }
    }

    private Optional<Topology> topology(Deadline deadline) {
        try (Session maintenance = cluster.sessions().maintenance(deadline)) {
            return Optional.of(TopologyReader.read(maintenance, cluster.requireCitus()))
                    .filter(Topology::citus);
        }
    }

    private Session open(Deadline deadline) {
        return actor.map(who -> cluster.sessions().user(project, who.user(), who.password(), deadline))
                .orElseGet(() -> cluster.sessions().admin(project, deadline));
    }
}
