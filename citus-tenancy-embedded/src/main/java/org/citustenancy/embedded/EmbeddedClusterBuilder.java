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
 * Says what an {@link EmbeddedCluster} is to be like, and starts it. May be used for several clusters, by one thread.
 *
 * <pre>{@code
 * EmbeddedCluster.builder().workers(3).setting("citus.shard_count", "8").start()
 * }</pre>
 */
public final class EmbeddedClusterBuilder {

    private static final Pattern SETTING_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)*");

    /** Without these the cluster would not find its own servers any more. */
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
    private Duration startTimeout = Duration.ofSeconds(60);

    EmbeddedClusterBuilder() {}

    /**
     * How many workers the cluster has; 2 if not said. With 0 the coordinator holds all shards itself.
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
     * The backend to use, and no other. If not said, it is what the system property
     * {@value EmbeddedCluster#BACKEND_PROPERTY} or else the environment variable
     * {@value EmbeddedCluster#BACKEND_VARIABLE} says ({@code docker}, {@code local} or {@code plain}; of several, with
     * commas between, the first one that is there), or else the first one that is there.
     */
    public EmbeddedClusterBuilder backend(Backend chosen) {
        this.backend = Objects.requireNonNull(chosen, "backend");
        return this;
    }

    /**
     * The image for {@link Backend#DOCKER}, {@code citusdata/citus} or one like it. If not said, it is what the system
     * property {@value EmbeddedCluster#IMAGE_PROPERTY} or else the environment variable
     * {@value EmbeddedCluster#IMAGE_VARIABLE} says, or else {@value EmbeddedCluster#DEFAULT_IMAGE}.
     */
    public EmbeddedClusterBuilder image(String name) {
        this.image = Objects.requireNonNull(name, "image");
        return this;
    }

    /**
     * Where servers of this machine have their files, in a directory of their own that is removed at the end. If not said, it
     * is what the system property {@value EmbeddedCluster#DIRECTORY_PROPERTY} or else the environment variable
     * {@value EmbeddedCluster#DIRECTORY_VARIABLE} says, or else {@code java.io.tmpdir}. On a file system in memory, such as
     * {@code /dev/shm} of Linux, databases are made and dropped in much less time, if there is room for them. Containers have
     * their files elsewhere.
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
     * How clients, and nodes among themselves, prove which role they are; {@link Authentication#SCRAM_SHA_256} if not said. With
     * {@link Authentication#TRUST} no project is isolated from another.
     */
    public EmbeddedClusterBuilder authentication(Authentication ofAll) {
        return clientAuthentication(ofAll).nodeAuthentication(ofAll);
    }

    /**
     * How clients prove who they are. Where that is not how nodes do it, a server distinguishes them by address: clients
     * connect to {@code 127.0.0.1}, nodes to {@code ::1}, and a client that connects to {@code ::1} passes for a node.
     * With {@link Backend#DOCKER} both must be the same.
     */
    public EmbeddedClusterBuilder clientAuthentication(Authentication ofClients) {
        this.clients = Objects.requireNonNull(ofClients, "authentication");
        return this;
    }

    /**
     * How nodes prove to each other which role they are. With {@link Authentication#SCRAM_SHA_256} each node has a password file
     * with the admin's password, and with no other.
     *
     * @see #clientAuthentication
     */
    public EmbeddedClusterBuilder nodeAuthentication(Authentication ofNodes) {
        this.nodes = Objects.requireNonNull(ofNodes, "authentication");
        return this;
    }

    /**
     * A server setting of every node, as in {@code postgresql.conf}. It goes before the defaults of
     * {@link EmbeddedCluster}.
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
     * Whether Citus is created on the nodes and the workers are registered; {@code true} if not said. With {@code false}
     * the nodes are bare servers that have Citus loaded and know nothing of each other.
     */
    public EmbeddedClusterBuilder registerWorkers(boolean register) {
        this.registered = register;
        return this;
    }

    /**
     * How long each server may take until it accepts connections; 60 seconds if not said.
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
     * Starts the cluster and waits until it is ready. When the thread is interrupted meanwhile, everything is stopped
     * again and the thread stays interrupted.
     *
     * @throws NoBackendException if no backend is there, or not the requested one; with the reasons and what to do
     * @throws EmbeddedClusterException if a server does not start; with the end of its log
     * @throws IllegalArgumentException if a property or variable names a backend or directory that there is not
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

    /** Those that are named from outside, in their order; empty if none is. */
    static List<Backend> backendsFromOutside() {
        return BACKEND.value().stream()
                .flatMap(names -> Arrays.stream(names.split(",")))
                .map(name -> Backend.named(name, BACKEND.toString()))
                .toList();
    }
}
