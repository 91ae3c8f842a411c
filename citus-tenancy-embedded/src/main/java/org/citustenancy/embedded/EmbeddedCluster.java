package org.citustenancy.embedded;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.citustenancy.embedded.internal.fleet.Fleet;
import org.citustenancy.embedded.internal.fleet.FleetOptions;
import org.citustenancy.embedded.internal.fleet.Server;
import org.citustenancy.embedded.internal.fleet.ServerException;

/**
 * A Citus cluster for development and tests: one coordinator and its workers, ready to use. Citus is created in the
 * database {@value #MAINTENANCE_DATABASE} of every node, and the workers are registered there.
 *
 * <pre>{@code
 * try (EmbeddedCluster cluster = EmbeddedCluster.builder().workers(2).start()) {
 *     try (Connection connection = DriverManager.getConnection(
 *             cluster.jdbcUrl("postgres"), cluster.adminUser(), cluster.adminPassword())) {
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>The cluster uses the first available of these backends and logs its selection with the reason:
 * <ol>
 * <li>{@link Backend#DOCKER}: containers of {@code citusdata/citus};
 * <li>{@link Backend#LOCAL}: a PostgreSQL installation of this machine that has the Citus extension;
 * <li>{@link Backend#PLAIN}: PostgreSQL from Maven artifacts. It is one server without Citus: {@link #hasCitus()} is
 *     {@code false}, {@link #workers()} is empty.
 * </ol>
 *
 * <p>Every node has these settings unless you set others: {@code max_worker_processes = 32}, because Citus runs a
 * daemon for every database and the default of 8 leaves the eighth database without one; {@code max_connections = 300};
 * {@code max_prepared_transactions = 200}; {@code wal_level = logical}; {@code citus.node_conninfo = 'sslmode=prefer'},
 * because the servers have no certificates; and {@code fsync} and {@code full_page_writes} off: committed data survives
 * the kill of a server, but not a power cut.
 *
 * <p>Servers of this machine listen on loopback addresses only. A program that runs as root runs them as the user
 * {@code postgres} or {@code nobody}, because PostgreSQL refuses to run as root. Their files are in a directory of
 * their own under {@code java.io.tmpdir}, or {@linkplain EmbeddedClusterBuilder#directory elsewhere}, and are removed
 * at the end. All of them are copies of one new data directory, and therefore have the same system identifier, unless
 * you choose {@link EmbeddedClusterBuilder#ownSystemIdentifiers}.
 *
 * <p>No server outlives this JVM, however the JVM ends: a small shell process waits for its end and stops the servers.
 * The Ryuk container of Testcontainers stops the containers of a killed JVM; they stay if it is disabled by
 * {@code TESTCONTAINERS_RYUK_DISABLED}.
 */
public final class EmbeddedCluster implements AutoCloseable {

    /**
     * The system property that names the backend: {@code docker}, {@code local} or {@code plain}, or several of them,
     * separated by commas, which are tried in that order.
     */
    public static final String BACKEND_PROPERTY = "citustenancy.embedded.backend";

    /** The environment variable that names the backend, or several, if the system property is not set. */
    public static final String BACKEND_VARIABLE = "CITUS_TENANCY_EMBEDDED_BACKEND";

    /** The system property that names the image for Docker. */
    public static final String IMAGE_PROPERTY = "citustenancy.embedded.image";

    /** The environment variable that names the image for Docker, if the system property is not set. */
    public static final String IMAGE_VARIABLE = "CITUS_TENANCY_EMBEDDED_IMAGE";

    /** The system property that names the parent directory of the files of servers of this machine. */
    public static final String DIRECTORY_PROPERTY = "citustenancy.embedded.directory";

    /** The environment variable that names that directory, if the system property is not set. */
    public static final String DIRECTORY_VARIABLE = "CITUS_TENANCY_EMBEDDED_DIRECTORY";

    /** The default image for Docker. */
    public static final String DEFAULT_IMAGE = "citusdata/citus:13.2.0";

    static final String MAINTENANCE_DATABASE = "postgres";

    private final BackendChoice choice;
    private final Fleet fleet;
    private final FleetOptions options;
    private final EmbeddedNode coordinator;
    private final List<EmbeddedNode> workers;
    private final List<EmbeddedNode> added = new CopyOnWriteArrayList<>();
    private final AtomicInteger addedSoFar = new AtomicInteger();

    EmbeddedCluster(BackendChoice choice, Fleet fleet, FleetOptions options, List<Server> servers) {
        this.choice = choice;
        this.fleet = fleet;
        this.options = options;
        this.coordinator = new EmbeddedNode(servers.get(0));
        this.workers = servers.stream().skip(1).map(EmbeddedNode::new).toList();
    }

    /** Returns a builder of a cluster. */
    public static EmbeddedClusterBuilder builder() {
        return new EmbeddedClusterBuilder();
    }

    /** Returns the backend of its servers. */
    public Backend backend() {
        return choice.backend();
    }

    /** Returns whether its servers have Citus. */
    public boolean hasCitus() {
        return choice.found().hasCitus();
    }

    /**
     * Returns the reason why its servers have no Citus: the places that were searched without success. Empty if they
     * have Citus.
     */
    public Optional<String> whyNoCitus() {
        return choice.whyNoCitus();
    }

    /** Returns the superuser of every node. */
    public String adminUser() {
        return FleetOptions.ADMIN_USER;
    }

    /** Returns the superuser's password, which is random for every cluster. */
    public String adminPassword() {
        return options.adminPassword();
    }

    /** Returns the JDBC URL of a database on the coordinator, without user and password. */
    public String jdbcUrl(String database) {
        return coordinator.jdbcUrl(database);
    }

    /** Returns the node that clients connect to. */
    public EmbeddedNode coordinator() {
        return coordinator;
    }

    /** Returns the workers that the cluster was started with. */
    public List<EmbeddedNode> workers() {
        return workers;
    }

    /** Returns all nodes: the coordinator, the workers, and the added nodes and standbys, in this order. */
    public List<EmbeddedNode> nodes() {
        return Stream.of(List.of(coordinator), workers, added)
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Starts another node. It has the settings of the others and Citus loaded, but no Citus extension, and it is not
     * registered anywhere.
     *
     * @throws EmbeddedClusterException if it does not start, or if this cluster has no Citus and therefore one server
     * only
     */
    public EmbeddedNode addNode() {
        if (!hasCitus()) {
            throw new EmbeddedClusterException("A cluster without Citus has one server only; no node can be added. "
                    + whyNoCitus().orElse(""));
        }
        return added("added-", fleet::add);
    }

    private EmbeddedNode added(String prefix, Addition addition) {
        try {
            EmbeddedNode node = new EmbeddedNode(addition.of(prefix + addedSoFar.incrementAndGet()));
            added.add(node);
            return node;
        } catch (ServerException failure) {
            throw new EmbeddedClusterException("No node could be added. " + failure.getMessage(), failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new EmbeddedClusterException(
                    "Interrupted while a node was added; what there is of it ends with the cluster", interruption);
        }
    }

    /**
     * Starts a standby of a node: a copy of its data directory, which replicates the node by streaming. It answers
     * queries, and accepts writes once you {@linkplain EmbeddedNode#promote() promote} it. It is not registered on any
     * node. Replication is asynchronous until you set {@code synchronous_standby_names} on the primary, to {@code *} or
     * to the standby's name, {@code standby}.
     *
     * <pre>{@code
     * EmbeddedNode standby = cluster.addStandby(cluster.workers().get(0));
     * cluster.workers().get(0).kill();
     * standby.promote();
     * }</pre>
     *
     * @param primary a running node of this cluster
     * @throws EmbeddedClusterException if it does not start, or if the backend is {@link Backend#DOCKER}, which has no
     *     standbys
     * @see <a href="https://www.postgresql.org/docs/current/warm-standby.html">Log-Shipping Standby Servers</a>
     */
    public EmbeddedNode addStandby(EmbeddedNode primary) {
        return added("standby-", label -> fleet.addStandby(label, primary.server()));
    }

    /**
     * Stops every server and removes all of its files. Repeated calls have no effect.
     *
     * @throws EmbeddedClusterException if a process or a file remains; the message names it
     */
    @Override
    public void close() {
        try {
            fleet.close();
        } catch (ServerException failure) {
            throw new EmbeddedClusterException(String.valueOf(failure.getMessage()), failure);
        }
    }

    @FunctionalInterface
    private interface Addition {
        Server of(String label) throws ServerException, InterruptedException;
    }

    /** Returns the backend and the nodes. */
    @Override
    public String toString() {
        return choice.backend() + " " + nodes();
    }
}
