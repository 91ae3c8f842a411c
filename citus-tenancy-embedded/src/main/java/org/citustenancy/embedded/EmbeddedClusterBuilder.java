package org.citustenancy.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds and starts an {@link EmbeddedCluster}. You can use it for several clusters, in one thread.
 *
 * <pre>{@code
 * EmbeddedCluster.builder().workers(3).setting("citus.shard_count", "8").start()
 * }</pre>
 */
public final class EmbeddedClusterBuilder {

    private static final Pattern SETTING_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)*");

    /** With other values of these settings, the cluster could not reach its own servers. */
    private static final Set<String> OWN_SETTINGS = Set.of(
            "port",
            "listen_addresses",
            "unix_socket_directories",
            "data_directory",
            "config_file",
            "hba_file",
            "logging_collector",
            "log_destination");

    private static final OutsideSetting BACKEND =
            new OutsideSetting(EmbeddedCluster.BACKEND_PROPERTY, EmbeddedCluster.BACKEND_VARIABLE);
    private static final OutsideSetting IMAGE =
            new OutsideSetting(EmbeddedCluster.IMAGE_PROPERTY, EmbeddedCluster.IMAGE_VARIABLE);

    private static final OutsideSetting DIRECTORY =
            new OutsideSetting(EmbeddedCluster.DIRECTORY_PROPERTY, EmbeddedCluster.DIRECTORY_VARIABLE);

    private int workers = 2;
    private boolean registered = true;
    private @Nullable Backend backend;
    private @Nullable String image;
    private @Nullable Path directory;
    private Authentication clients = Authentication.SCRAM_SHA_256;
    private Authentication nodes = Authentication.SCRAM_SHA_256;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private boolean ownIdentifiers;
    private Duration startTimeout = Duration.ofSeconds(60);

    EmbeddedClusterBuilder() {}

    /**
     * Sets the number of workers; 2 by default. With 0 the coordinator holds all shards itself.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public EmbeddedClusterBuilder workers(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("A cluster cannot have " + count + " workers; use 0 or more");
        }
        this.workers = count;
        return this;
    }

    /**
     * Sets the only backend to use. By default the system property {@value EmbeddedCluster#BACKEND_PROPERTY} or else
     * the environment variable {@value EmbeddedCluster#BACKEND_VARIABLE} selects it ({@code docker}, {@code local} or
     * {@code plain}; of several, separated by commas, the first available one), or else the first available backend is
     * used.
     */
    public EmbeddedClusterBuilder backend(Backend chosen) {
        this.backend = Objects.requireNonNull(chosen, "backend");
        return this;
    }

    /**
     * Sets the image for {@link Backend#DOCKER}, {@code citusdata/citus} or a compatible one. By default the system
     * property {@value EmbeddedCluster#IMAGE_PROPERTY} or else the environment variable {@value
     * EmbeddedCluster#IMAGE_VARIABLE} selects it, or else it is {@value EmbeddedCluster#DEFAULT_IMAGE}.
     */
    public EmbeddedClusterBuilder image(String name) {
        this.image = Objects.requireNonNull(name, "image");
        return this;
    }

    /**
     * Sets the parent directory of the files of servers of this machine. They are in a directory of their own that is
     * removed at the end. By default the system property {@value EmbeddedCluster#DIRECTORY_PROPERTY} or else the
     * environment variable {@value EmbeddedCluster#DIRECTORY_VARIABLE} selects it, or else it is
     * {@code java.io.tmpdir}. On a file system in memory with enough space, such as {@code /dev/shm} of Linux, creating
     * and dropping databases takes much less time. Containers have their files elsewhere.
     *
     * @throws IllegalArgumentException if there is no such directory
     */
    public EmbeddedClusterBuilder directory(Path parent) {
        this.directory = existing(parent);
        return this;
    }

    private static Path existing(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("There is no directory " + directory
                    + " for the files of an embedded cluster; make it, or name another");
        }
        return directory;
    }

    /**
     * Sets the authentication of clients, and of nodes among themselves; {@link Authentication#SCRAM_SHA_256} by
     * default. With {@link Authentication#TRUST} projects are not isolated from each other.
     */
    public EmbeddedClusterBuilder authentication(Authentication ofAll) {
        return clientAuthentication(ofAll).nodeAuthentication(ofAll);
    }

    /**
     * Sets the authentication of clients. If it differs from that of nodes, a server distinguishes them by address:
     * clients connect to {@code 127.0.0.1}, nodes to {@code ::1}, and a client that connects to {@code ::1} is treated
     * as a node. With {@link Backend#DOCKER} both must be the same.
     */
    public EmbeddedClusterBuilder clientAuthentication(Authentication ofClients) {
        this.clients = Objects.requireNonNull(ofClients, "authentication");
        return this;
    }

    /**
     * Sets the authentication of nodes among themselves. With {@link Authentication#SCRAM_SHA_256} each node has a
     * password file with the admin's password only.
     *
     * @see #clientAuthentication
     */
    public EmbeddedClusterBuilder nodeAuthentication(Authentication ofNodes) {
        this.nodes = Objects.requireNonNull(ofNodes, "authentication");
        return this;
    }

    /**
     * Sets a server setting of every node, as in {@code postgresql.conf}. It overrides the defaults of {@link
     * EmbeddedCluster}.
     *
     * @throws IllegalArgumentException if it is not a name of a setting, or one that the cluster must choose itself
     */
    public EmbeddedClusterBuilder setting(String name, String value) {
        if (!SETTING_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not the name of a server setting; write it as in"
                    + " postgresql.conf, such as max_connections or citus.shard_count");
        }
        String folded = name.toLowerCase(Locale.ROOT);
        if (OWN_SETTINGS.contains(folded)) {
            throw new IllegalArgumentException(
                    "The cluster chooses " + folded + " itself; leave it out, and ask the node where it is");
        }
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("The value of " + folded + " contains NUL");
        }
        settings.put(folded, value);
        return this;
    }

    /**
     * Sets whether Citus is created on the nodes and the workers are registered; {@code true} by default. With
     * {@code false} the nodes are servers that have Citus loaded and are not connected to each other.
     */
    public EmbeddedClusterBuilder registerWorkers(boolean register) {
        this.registered = register;
        return this;
    }

    /**
     * Gives each server of this machine a system identifier of its own, as servers in production have. By default all
     * are copies of one data directory, which starts faster. Use this for tests of failovers, which identify a
     * server by it. Servers in containers always have their own.
     */
    public EmbeddedClusterBuilder ownSystemIdentifiers() {
        this.ownIdentifiers = true;
        return this;
    }

    /**
     * Sets how long each server may take until it accepts connections; 60 seconds by default.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public EmbeddedClusterBuilder startTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("A server cannot start within " + timeout + "; use a positive duration");
        }
        this.startTimeout = timeout;
        return this;
    }

    /**
     * Starts the cluster and waits until it is ready. If the thread is interrupted meanwhile, everything is stopped
     * again and the thread stays interrupted.
     *
     * @throws NoBackendException if no backend, or not the requested one, is available; with the reasons and solutions
     * @throws EmbeddedClusterException if a server does not start; with the end of its log
     * @throws IllegalArgumentException if a property or variable names a backend or directory that does not exist
     */
    public EmbeddedCluster start() {
        return ClusterStart.of(new ClusterSpecification(
                        workers,
                        registered,
                        backend == null ? backendsFromOutside() : List.of(backend),
                        Optional.ofNullable(image).or(IMAGE::value).orElse(EmbeddedCluster.DEFAULT_IMAGE),
                        parentOfFiles(),
                        clients,
                        nodes,
                        new LinkedHashMap<>(settings),
                        ownIdentifiers,
                        startTimeout))
                .run();
    }

    private Path parentOfFiles() {
        return directory != null
                ? directory
                : DIRECTORY
                        .value()
                        .map(Path::of)
                        .map(EmbeddedClusterBuilder::existing)
                        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Returns the backends that the property or the variable names, in their order; empty if none is named. */
    static List<Backend> backendsFromOutside() {
        return BACKEND.value().stream()
                .flatMap(names -> Arrays.stream(names.split(",")))
                .map(name -> Backend.named(name, BACKEND.toString()))
                .toList();
    }
}
