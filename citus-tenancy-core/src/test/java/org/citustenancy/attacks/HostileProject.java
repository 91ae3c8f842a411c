package org.citustenancy.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.TestCluster.bind;
import static org.citustenancy.testing.TestCluster.identifier;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectRequest;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;

/**
 * A project whose owner attacks.
 *
 * @param nodes the nodes
 * @param name its name
 * @param attacker its owner, who wants to be a superuser
 */
record HostileProject(TestCluster nodes, String name, String attacker) {

    private static final String REFUSED = "42501";

    static final Secret PASSWORD = Secret.of("attackers-Password");

    static HostileProject named(TestCluster nodes, String name) {
        return new HostileProject(nodes, name, name + "_owner");
    }

    /** Another project of the same users. */
    HostileProject copied(String copy) {
        return new HostileProject(nodes, copy, attacker);
    }

    String reader() {
        return attacker.replace("_owner", "_reader");
    }

    ProjectRequest request(CitusCluster cluster) {
        return cluster.project(name).withUser(attacker, PASSWORD).withReadOnlyUser(reader(), PASSWORD);
    }

    /** Makes it with nothing in it but the function that records. */
    Project create(CitusCluster cluster) throws SQLException {
        Project project = request(cluster).create();
        asOwner(HostileObjects.payload(attacker).toArray(String[]::new));
        return project;
    }

    /** Makes everything else in it, as the owner. */
    void fill() throws SQLException {
        try (Connection owner = open(attacker)) {
            HostileObjects.make(owner);
        }
    }

    /** Makes all of it, as the owner. */
    void prepare() {
        try {
            asOwner(HostileObjects.payload(attacker).toArray(String[]::new));
            fill();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    Connection open(String user) throws SQLException {
        return DriverManager.getConnection(nodes.embedded().coordinator().jdbcUrl(name), user, PASSWORD.reveal());
    }

    /** Returns no connection if there are too many. */
    Optional<Connection> tryToOpen(String user) throws SQLException {
        try {
            return Optional.of(open(user));
        } catch (SQLException refused) {
            if ("53300".equals(refused.getSQLState())) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** Runs statements as the owner, each for itself. */
    void asOwner(String... statements) throws SQLException {
        try (Connection owner = open(attacker)) {
            for (String statement : statements) {
                TestCluster.ask(owner, statement);
            }
        }
    }

    /**
     * Sets parameters of the database as the owner. Where an owner may not, it was set before the library ruled that out: so
     * the admin does it, on every node.
     */
    void setForDatabase(String... settings) throws SQLException {
        // One session for all of them, since the next one begins with the first.
        try (Connection owner = open(attacker)) {
            for (String setting : settings) {
                String change = "alter database " + identifier(name) + " set "
                        + setting.replace("{owner}", identifier(attacker));
                try {
                    TestCluster.ask(owner, change);
                } catch (SQLException refused) {
                    if (!REFUSED.equals(refused.getSQLState())) {
                        throw refused;
                    }
                    onEachNode(change);
                }
            }
        }
    }

    /** Sets parameters of the owner with the owner's rights, on each node; not those that only a superuser sets. */
    void setForRole(List<String> settings) throws SQLException {
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            try (Connection admin = nodes.open(node, "postgres")) {
                TestCluster.ask(admin, "set citus.enable_ddl_propagation = off");
                TestCluster.ask(admin, "set role " + identifier(attacker));
                for (String setting : settings) {
                    try {
                        TestCluster.ask(
                                admin,
                                "alter role " + identifier(attacker) + " set "
                                        + setting.replace("{owner}", identifier(attacker)));
                    } catch (SQLException refused) {
                        if (!REFUSED.equals(refused.getSQLState())) {
                            throw refused;
                        }
                    }
                }
            }
        }
    }

    /** Takes all of that back, as the admin. */
    void resetSettings() throws SQLException {
        onEachNode("alter database " + identifier(name) + " reset all");
        onEachNode("alter role " + identifier(attacker) + " reset all");
    }

    private void onEachNode(String change) throws SQLException {
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            try (Connection admin = nodes.open(node, "postgres")) {
                TestCluster.ask(admin, "set citus.enable_ddl_propagation = off");
                TestCluster.ask(admin, change);
            }
        }
    }

    /** Fails if a payload ran in a session with more rights than the owner's, or the owner has become a superuser. */
    void assertNoPayloadRanAsMoreThanTheOwner(List<PayloadRun> runs) throws SQLException {
        List<String> privileged = runs.stream()
                .filter(run -> !run.as(attacker).isAllowed())
                .map(PayloadRun::toString)
                .distinct()
                .toList();
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            assertThat(nodes.ask(node, "postgres", bind("select rolsuper from pg_roles where rolname = ?", attacker)))
                    .as("whether the owner is a superuser on " + node + ", after these ran: " + privileged)
                    .containsExactly("f");
        }
        assertThat(privileged).isEmpty();
    }

    /** A text as a literal that means the same whatever {@code standard_conforming_strings} says. */
    String text(String value) {
        return "E'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
