package org.citustenancy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.citustenancy.CitusCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.ClusterVerification;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What there is on the nodes, against what the registry says that there is. */
final class Inventory {

    private static final Logger LOG = LoggerFactory.getLogger(Inventory.class);

    private final FaultyCluster cluster;

    Inventory(FaultyCluster cluster) {
        this.cluster = cluster;
    }

    /** Waits until what was under way when the fault came has ended. */
    void awaitStillness() throws SQLException, InterruptedException {
        try {
            Await.until(() -> cluster.sessions().isEmpty());
        } catch (AssertionError never) {
            throw new AssertionError("sessions go on: " + cluster.sessions(), never);
        }
    }

    /** No project says that it is ready while it is not. */
    void assertNoFalseReadiness(CitusCluster library) {
        for (RegisteredProject project : library.projects()) {
            if (project.state() == ProjectState.READY) {
                // The first look starts the daemons that the fault has ended, and reports them.
                library.getProject(project.name()).verify();
                assertThat(TestCluster.besidesTrust(
                                        library.getProject(project.name()).verify())
                                .findings())
                        .as("findings of \"%s\", which says that it is ready", project.name())
                        .isEmpty();
            }
        }
    }

    /** Everything is as the registry says, and nothing else is there. */
    void assertWhole(CitusCluster library, boolean guestIsWorker) throws SQLException, InterruptedException {
        assertThat(library.projects()).extracting(RegisteredProject::state).containsOnly(ProjectState.READY);
        // The first look starts the daemons that a fault has ended, and reports them.
        ClusterVerification first = TestCluster.besidesTrust(library.verify());
        if (!first.isClean()) {
            LOG.warn("The first look found: {}", first);
        }
        ClusterVerification verification = TestCluster.besidesTrust(library.verify());
        assertThat(verification.isClean()).as(verification.toString()).isTrue();
        TreeSet<String> databases = new TreeSet<>(List.of("postgres", "template0", "template1"));
        TreeSet<String> roles = new TreeSet<>();
        library.projects().forEach(project -> {
            databases.add(project.name());
            roles.addAll(project.users());
        });
        for (EmbeddedNode node : cluster.members()) {
            assertNode(node, databases, roles);
        }
        if (guestIsWorker) {
            assertNode(cluster.guest(), databases, roles);
        } else {
            assertNode(cluster.guest(), new TreeSet<>(List.of("postgres", "template0", "template1")), new TreeSet<>());
        }
    }

    private void assertNode(EmbeddedNode node, Set<String> databases, Set<String> roles)
            throws SQLException, InterruptedException {
        TestCluster nodes = cluster.nodes();
        assertThat(
                        nodes.ask(
                                node,
                                "postgres",
                                "select datname from pg_database where datname <> 'citus_tenancy_blank' order by datname collate \"C\""))
                .as("databases of %s", node)
                .containsExactlyElementsOf(databases);
        assertThat(
                        nodes.ask(
                                node,
                                "postgres",
                                "select rolname from pg_roles where rolname !~ '^pg_' "
                                        + "and rolname not in ('postgres', 'citus_tenancy_owner') order by rolname collate \"C\""))
                .as("roles of %s", node)
                .containsExactlyElementsOf(roles);
        assertThat(nodes.ask(
                        node,
                        "postgres",
                        "select datname from pg_database where not datallowconn and datname not in ('template0', "
                                + "'citus_tenancy_blank')"))
                .as("closed databases of %s", node)
                .isEmpty();
        awaitNone(node, "prepared transactions", "select gid from pg_prepared_xacts");
        awaitNone(node, "replication slots", "select slot_name from pg_replication_slots");
        awaitNone(
                node,
                "advisory locks of sessions in the maintenance database",
                "select objid from pg_locks join pg_database d on d.oid = database "
                        + "where locktype = 'advisory' and datname = 'postgres'");
    }

    private void awaitNone(EmbeddedNode node, String what, String question) throws SQLException, InterruptedException {
        try {
            Await.until(() -> cluster.nodes().ask(node, "postgres", question).isEmpty());
        } catch (AssertionError never) {
            throw new AssertionError(
                    what + " are left on " + node + ": " + cluster.nodes().ask(node, "postgres", question), never);
        }
    }
}
