package org.citustenancy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.ClusterVerification;
import org.citustenancy.plan.Verification;
import org.citustenancy.users.Secret;

/**
 * Real nodes to test against, and plain JDBC to see what they say, past the library.
 *
 * @param embedded the nodes
 * @param directWorkerConnections whether the library may reach the workers past the coordinator
 */
public record TestCluster(EmbeddedCluster embedded, boolean directWorkerConnections) {

    /**
     * The tag of tests for which the library reaches the workers through the coordinator in the run where nodes ask for
     * passwords. That way makes Citus open a connection for each command, so the other tests go directly.
     */
    static final String THROUGH_COORDINATOR = "through-coordinator";

    /** The system property that says how clients and nodes authenticate: {@code trust} or {@code scram-sha-256}. */
    public static final String AUTHENTICATION = "citustenancy.test.authentication";

    private static final AtomicInteger NAMES = new AtomicInteger();

    /** Nodes whose workers the library reaches directly. */
    public TestCluster(EmbeddedCluster embedded) {
        this(embedded, true);
    }

    /** Starts a coordinator and two workers, or one PostgreSQL where there is no Citus. */
    public static TestCluster start() {
        return closed(EmbeddedCluster.builder()
                .authentication(authentication())
                .setting("max_worker_processes", "500")
                .setting("max_connections", "400")
                .setting("log_statement", "all")
                // Otherwise the daemons of dozens of databases keep both processors busy while nothing happens.
                .setting("citus.distributed_deadlock_detection_factor", "-1")
                .setting("citus.recover_2pc_interval", "10min")
                .setting("citus.metadata_sync_interval", "10min")
                .setting("citus.defer_shard_delete_interval", "10min")
                .setting("citus.background_task_queue_interval", "1min")
                .setting("autovacuum", "off")
                .start());
    }

    /** Nodes whose own databases users of projects do not connect to, as the library leaves those that it forms. */
    public static TestCluster closed(EmbeddedCluster embedded) {
        CitusAssumption.closeToPublic(embedded);
        return new TestCluster(embedded);
    }

    /** How clients and nodes authenticate in this run. */
    public static Authentication authentication() {
        return Authentication.valueOf(System.getProperty(AUTHENTICATION, "trust")
                .toUpperCase(Locale.ROOT)
                .replace('-', '_'));
    }

    /** Whether the nodes have Citus. */
    public boolean hasCitus() {
        return embedded.hasCitus();
    }

    /** A name that no other test of this JVM uses. */
    public static String unique(String name) {
        return name + "_" + NAMES.incrementAndGet();
    }

    /** How the library connects here. */
    public ClusterOptions options() {
        return options("postgres");
    }

    /** The same nodes for a test with these tags. */
    TestCluster forTest(Set<String> tags) {
        return new TestCluster(
                embedded, authentication() == Authentication.TRUST || !tags.contains(THROUGH_COORDINATOR));
    }

    /** How the library connects here, with a maintenance database of its own. */
    public ClusterOptions options(String maintenanceDatabase) {
        return ClusterOptions.of(
                        embedded.jdbcUrl(maintenanceDatabase),
                        embedded.adminUser(),
                        Secret.of(embedded.adminPassword()))
                .requireCitus(hasCitus())
                .directWorkerConnections(directWorkerConnections);
    }

    /** Makes a second maintenance database, with Citus and the same nodes. Its registry is empty. */
    public void makeMaintenanceDatabase(String name) throws SQLException {
        try (CitusCluster cluster = connect()) {
            cluster.project(name).withUser().create().unregister();
        }
        // What the library's role owns is a project's.
        for (EmbeddedNode node : embedded.nodes()) {
            ask(node, "postgres", "alter database " + name + " owner to " + embedded.adminUser());
        }
    }

    /**
     * What {@code verify()} finds, without what it has to find on each node of a cluster that was started with trust. That it
     * finds that is what {@code HbaFindingsTest} shows.
     */
    public static Verification besidesTrust(Verification verification) {
        return new Verification(
                verification.project(),
                verification.findings().stream()
                        .filter(finding -> !finding.what().contains("`trust` authentication disables isolation"))
                        .toList());
    }

    /** The same of all projects. */
    public static ClusterVerification besidesTrust(ClusterVerification verification) {
        return new ClusterVerification(
                verification.findings(),
                verification.projects().stream().map(TestCluster::besidesTrust).toList(),
                verification.failures(),
                verification.unchanged());
    }

    /** The processes in a database on all nodes, but for those that autovacuum starts and ends by itself. */
    public List<String> processesIn(String database) throws SQLException {
        List<String> processes = new ArrayList<>();
        for (EmbeddedNode node : embedded.nodes()) {
            processes.addAll(ask(
                    node,
                    "postgres",
                    "select backend_type, application_name from pg_stat_activity where datname = '" + database
                            + "' and backend_type <> 'autovacuum worker'"));
        }
        return processes;
    }

    /** Waits until the library has no session on any node any more; for clusters that no other test uses. */
    public void awaitNoSessions() throws SQLException, InterruptedException {
        for (EmbeddedNode node : embedded.nodes()) {
            Await.until(() -> sessions(node) == 0);
        }
    }

    /** How many sessions the library has on a node now. */
    public int sessions(EmbeddedNode node) throws SQLException {
        return Integer.parseInt(
                ask(node, "postgres", "select count(*) from pg_stat_activity where application_name = 'citus-tenancy'")
                        .get(0));
    }

    /** The library, connected. */
    public CitusCluster connect() {
        return CitusCluster.connect(options());
    }

    /** A session of the admin's on a node. */
    public Connection open(EmbeddedNode node, String database) throws SQLException {
        return open(node, database, embedded.adminUser(), embedded.adminPassword());
    }

    /** The admin's sessions in a project see the system catalog alone, and a test names tables as an application does. */
    private Connection open(EmbeddedNode node, String database, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        if (user.equals(embedded.adminUser())) {
            properties.setProperty("options", "-c search_path=public");
        }
        return DriverManager.getConnection(node.jdbcUrl(database), properties);
    }

    /** The coordinator and the workers, without nodes that a test has added. */
    List<EmbeddedNode> members() {
        List<EmbeddedNode> members = new ArrayList<>(List.of(embedded.coordinator()));
        members.addAll(embedded.workers());
        return members;
    }

    /** What every node answers to the admin, which must be the same. */
    public List<String> askAll(String database, String sql) throws SQLException {
        List<String> first = ask(embedded.coordinator(), database, sql);
        for (EmbeddedNode worker : embedded.workers()) {
            assertThat(ask(worker, database, sql))
                    .as("the answer of %s to: %s", worker, sql)
                    .isEqualTo(first);
        }
        return first;
    }

    /** Drops databases from every node, past the library, for the sake of those who come after. */
    public void discard(List<String> databases) throws SQLException {
        for (EmbeddedNode node : embedded.nodes()) {
            try (Connection connection = open(node, "postgres")) {
                for (String database : databases) {
                    discard(connection, "drop database if exists " + identifier(database) + " with (force)");
                }
            }
        }
    }

    /** The server gives sessions 5 s to end, which a busy machine may not do in time. */
    private static void discard(Connection connection, String drop) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                ask(connection, drop);
                return;
            } catch (SQLException busy) {
                if (attempt == 5 || !"55006".equals(busy.getSQLState())) {
                    throw busy;
                }
            }
        }
    }

    /** What the coordinator answers to the admin. */
    public List<String> ask(String database, String sql) throws SQLException {
        return ask(embedded.coordinator(), database, sql);
    }

    /** What a node answers to the admin, each row as text with its columns between bars. */
    public List<String> ask(EmbeddedNode node, String database, String sql) throws SQLException {
        return ask(node, database, embedded.adminUser(), embedded.adminPassword(), sql);
    }

    /** What a node answers to a user. */
    public List<String> ask(EmbeddedNode node, String database, String user, String password, String sql)
            throws SQLException {
        try (Connection connection = open(node, database, user, password)) {
            return ask(connection, sql);
        }
    }

    /** What a session answers. */
    public static List<String> ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<String> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                try (ResultSet results = statement.getResultSet()) {
                    while (results.next()) {
                        rows.add(row(results));
                    }
                }
            }
            return rows;
        }
    }

    /**
     * A statement with values in place of its question marks, quoted as literals, since utility statements take no parameters.
     */
    public static String bind(String sql, Object... values) {
        String[] parts = sql.split("\\?", -1);
        if (parts.length != values.length + 1) {
            throw new IllegalArgumentException(values.length + " values for: " + sql);
        }
        StringBuilder bound = new StringBuilder(parts[0]);
        for (int index = 0; index < values.length; index++) {
            Object value = values[index];
            bound.append(value instanceof Number ? value.toString() : literal(value.toString()));
            bound.append(parts[index + 1]);
        }
        return bound.toString();
    }

    /** A text as a literal of SQL. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A name as an identifier of SQL. */
    public static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String row(ResultSet results) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int column = 1; column <= results.getMetaData().getColumnCount(); column++) {
            columns.add(String.valueOf(results.getString(column)));
        }
        return String.join("|", columns);
    }
}
