package org.citustenancy.examples.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.Project;
import org.citustenancy.ProjectOutcome;
import org.citustenancy.ProjectRequest;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedClusterBuilder;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.users.Secret;

/** Real nodes for a single row, and the library connected to them. */
final class MeasuredCluster implements AutoCloseable {

    private static final Secret PASSWORD = Secret.of("measured");

    /** The directory of the files, if it is set. */
    private static final String WHERE = System.getProperty(EmbeddedCluster.DIRECTORY_PROPERTY, "")
            + Objects.requireNonNullElse(System.getenv(EmbeddedCluster.DIRECTORY_VARIABLE), "");

    /** The space that the largest cluster of 200 projects takes on three nodes, with its log. */
    private static final long ROOM = 12L << 30;

    private final EmbeddedCluster embedded;
    private final CitusCluster cluster;

    private MeasuredCluster(EmbeddedCluster embedded) {
        this.embedded = embedded;
        this.cluster = connect(UnaryOperator.identity());
        this.cluster.secure();
    }

    /** Connects the library with other options. */
    CitusCluster connect(UnaryOperator<ClusterOptions> otherwise) {
        return CitusCluster.connect(otherwise.apply(options()));
    }

    /** Returns the options of the library. */
    ClusterOptions options() {
        return ClusterOptions.of(
                        embedded.jdbcUrl("postgres"), embedded.adminUser(), Secret.of(embedded.adminPassword()))
                .requireCitus(embedded.hasCitus());
    }

    /** Starts a coordinator and a number of workers. */
    static MeasuredCluster start(int workers) {
        return start(builder -> builder.workers(workers));
    }

    /** Starts nodes with other options. */
    static MeasuredCluster start(UnaryOperator<EmbeddedClusterBuilder> otherwise) {
        EmbeddedClusterBuilder builder = EmbeddedCluster.builder();
        if (WHERE.isEmpty()) {
            MemoryDirectory.with(ROOM).ifPresent(builder::directory);
        }
        return new MeasuredCluster(otherwise
                .apply(builder.authentication(Authentication.TRUST)
                        .setting("max_worker_processes", "500")
                        .setting("max_connections", "300")
                        .setting("autovacuum", "off")
                        .setting("citus.recover_2pc_interval", "10min")
                        .setting("citus.distributed_deadlock_detection_factor", "-1"))
                .start());
    }

    /** Returns the reason why measurements that need Citus are impossible. */
    Optional<String> whyNot() {
        return embedded.hasCitus()
                ? Optional.empty()
                : embedded.whyNoCitus().or(() -> Optional.of("there is no Citus"));
    }

    CitusCluster cluster() {
        return cluster;
    }

    EmbeddedCluster embedded() {
        return embedded;
    }

    /** Creates a request as applications do. */
    ProjectRequest request(String name) {
        return request(cluster, name);
    }

    /** Creates the same request with a separate connection of the library. */
    ProjectRequest request(CitusCluster connected, String name) {
        return connected.project(name).withUser(user(name), PASSWORD);
    }

    /** Returns the user of a project. */
    static String user(String project) {
        return project + "_user";
    }

    /** Requests unchanged projects as an application does at its start: without open sessions and cached state. */
    void startApplication(List<String> names) {
        try (CitusCluster connected = connect(UnaryOperator.identity())) {
            List<ProjectRequest> requests =
                    names.stream().map(name -> request(connected, name)).toList();
            for (ProjectOutcome outcome : connected.create(requests)) {
                if (!outcome.orThrow().result().orElseThrow().outcomes().isEmpty()) {
                    throw new IllegalStateException("A project was changed");
                }
            }
        }
    }

    /** Creates projects with a distributed table each. */
    List<Project> projects(String prefix, int count) {
        List<ProjectRequest> requests = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            requests.add(request(prefix + number));
        }
        List<Project> projects =
                cluster.create(requests).stream().map(ProjectOutcome::orThrow).toList();
        projects.parallelStream().forEach(this::distributedTable);
        return projects;
    }

    /** Creates and distributes the table of a project, in one session of the owner, which takes least. */
    void distributedTable(Project project) {
        try (Connection connection = DriverManager.getConnection(
                        embedded.jdbcUrl(project.name()), project.users().get(0), PASSWORD.reveal());
                Statement statement = connection.createStatement()) {
            statement.execute("create table facts (id bigint primary key, value text)");
            statement.execute("select create_distributed_table('facts', 'id', shard_count => 4)");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Opens an admin's session on a node, which names tables as an application does. */
    Connection open(EmbeddedNode node, String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", embedded.adminUser());
        properties.setProperty("password", embedded.adminPassword());
        properties.setProperty("options", "-c search_path=public");
        return DriverManager.getConnection(node.jdbcUrl(database), properties);
    }

    @Override
    public void close() {
        cluster.close();
        embedded.close();
    }
}
