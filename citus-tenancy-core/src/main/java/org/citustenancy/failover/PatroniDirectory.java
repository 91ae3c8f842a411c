package org.citustenancy.failover;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;

/**
 * Names the servers that Patroni manages, from its REST API. Give one address of the API per Patroni cluster: the
 * directory learns those of the other members from the answers, and queries all of them in each round. Give several
 * members of a cluster if the application may start while one of them is down.
 *
 * <pre>{@code
 * PatroniDirectory patroni = PatroniDirectory.of(
 *         URI.create("http://citus-coordinator-1:8008"),
 *         URI.create("http://citus-worker-1:8008"));
 * FailoverMonitor monitor = cluster.followFailovers(options -> options.with(patroni));
 * }</pre>
 *
 * <p>The addresses are those that Patroni publishes ({@code postgresql.connect_address}). All nodes must reach the
 * servers at these addresses, because a promoted server is registered with its address. While no member of a Patroni
 * cluster answers, the directory returns the servers of the last answer: the monitor examines each server itself.
 *
 * @see <a href="https://patroni.readthedocs.io/en/latest/rest_api.html#cluster-status-endpoints">Patroni: cluster
 *     status endpoints</a>
 */
public final class PatroniDirectory implements NodeDirectory {

    private static final Duration STANDARD_TIMEOUT = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final Set<URI> entryPoints;
    private final HttpClient client;
    private final Duration timeout;
    private final Map<URI, Members> answers = new HashMap<>();

    private PatroniDirectory(Set<URI> entryPoints, HttpClient client, Duration timeout) {
        this.entryPoints = entryPoints;
        this.client = client;
        this.timeout = timeout;
    }

    /** The members of one Patroni cluster. */
    private record Members(Set<Node> servers, Set<URI> apis) {}

    /**
     * Returns a directory that waits 2 seconds for an answer.
     *
     * @param apis addresses of the REST API, such as {@code http://citus-worker-1:8008}; their paths are ignored
     * @return the directory
     * @throws InvalidRequestException if there is none, or if one is no HTTP address
     */
    public static PatroniDirectory of(URI... apis) {
        return of(List.of(apis));
    }

    /**
     * Returns a directory, as {@link #of(URI...)} does.
     *
     * @param apis addresses of the REST API
     * @return the directory
     * @throws InvalidRequestException if there is none, or if one is no HTTP address
     */
    public static PatroniDirectory of(Collection<URI> apis) {
        if (apis.isEmpty()) {
            throw new InvalidRequestException(Failure.of("No address of Patroni's REST API was given")
                    .fix("give one per Patroni cluster, such as http://citus-worker-1:8008"));
        }
        Set<URI> entryPoints = new LinkedHashSet<>();
        apis.forEach(api -> entryPoints.add(root(api)
                .orElseThrow(() -> new InvalidRequestException(Failure.of(
                                "\"" + withoutUser(api) + "\" is no address of Patroni's REST API")
                        .fix("give an HTTP address, such as http://citus-worker-1:8008; Java accepts no underscore "
                                + "in a host name")))));
        return new PatroniDirectory(
                entryPoints,
                HttpClient.newBuilder().connectTimeout(STANDARD_TIMEOUT).build(),
                STANDARD_TIMEOUT);
    }

    /**
     * Sets the HTTP client, for example one with the certificates that the API requires.
     *
     * @param client the client
     * @return a copy
     */
    public PatroniDirectory with(HttpClient client) {
        return new PatroniDirectory(entryPoints, client, timeout);
    }

    /**
     * Sets how long a member may take to answer.
     *
     * @param time the time limit; shorter than that of a probe ({@link FailoverOptions#probeWithin})
     * @return a copy
     * @throws InvalidRequestException if it is zero or negative
     */
    public PatroniDirectory within(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new InvalidRequestException(
                    Failure.of("The time limit (" + time + ") is not positive").fix("give a positive duration"));
        }
        return new PatroniDirectory(entryPoints, client, time);
    }

    /**
     * Queries the members of all Patroni clusters.
     *
     * @return the servers of all members
     * @throws ConnectionException if no member of some Patroni cluster has answered yet: with its standbys unknown, one
     *     of them may have been promoted
     */
    @Override
    public Collection<Node> servers() {
        Map<URI, CompletableFuture<HttpResponse<String>>> requests = new LinkedHashMap<>();
        apis().forEach(api -> requests.put(api, request(api)));
        Map<URI, Members> fresh = new LinkedHashMap<>();
        Map<URI, String> failures = new TreeMap<>();
        long end = System.nanoTime() + timeout.toNanos();
        try {
            for (Map.Entry<URI, CompletableFuture<HttpResponse<String>>> request : requests.entrySet()) {
                await(request.getKey(), request.getValue(), end, fresh, failures);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    Failure.of("The calling thread was interrupted while it queried Patroni")
                            .fix("query it again"),
                    interrupted);
        } finally {
            // Also ends the connection to a member that stopped in the middle of its answer.
            requests.values().forEach(request -> request.cancel(true));
            remember(fresh);
        }
        return known(failures);
    }

    private void await(
            URI api,
            CompletableFuture<HttpResponse<String>> request,
            long end,
            Map<URI, Members> fresh,
            Map<URI, String> failures)
            throws InterruptedException {
        try {
            fresh.put(api, members(request.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)));
        } catch (TimeoutException silence) {
            failures.put(api, "no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException failure) {
            failures.put(api, String.valueOf(failure.getCause()));
        } catch (IOException noAnswer) {
            failures.put(api, noAnswer.toString());
        }
    }

    private synchronized Set<URI> apis() {
        Set<URI> apis = new LinkedHashSet<>(entryPoints);
        answers.values().forEach(members -> apis.addAll(members.apis()));
        return apis;
    }

    /** Keeps the last answer of a member that does not answer, unless it left its cluster. */
    private synchronized void remember(Map<URI, Members> fresh) {
        Set<URI> left = new LinkedHashSet<>();
        fresh.keySet()
                .forEach(api -> Optional.ofNullable(answers.get(api)).ifPresent(before -> left.addAll(before.apis())));
        fresh.values().forEach(members -> left.removeAll(members.apis()));
        answers.keySet().removeAll(left);
        answers.putAll(fresh);
    }

    private synchronized Collection<Node> known(Map<URI, String> failures) {
        requireAll(failures);
        Set<Node> servers = new LinkedHashSet<>();
        answers.values().forEach(members -> servers.addAll(members.servers()));
        if (servers.isEmpty()) {
            throw new ConnectionException(
                    Failure.of("Patroni lists no member with a running server").fix("start PostgreSQL on the members"));
        }
        return servers;
    }

    /** Requires an answer, of now or of earlier, from each given address or from another member of its cluster. */
    private void requireAll(Map<URI, String> failures) {
        Set<URI> known = new LinkedHashSet<>(answers.keySet());
        answers.values().forEach(members -> known.addAll(members.apis()));
        String unknown = entryPoints.stream()
                .filter(api -> !known.contains(api))
                .map(api -> api + " (" + failures.get(api) + ")")
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw new ConnectionException(Failure.of("No member of Patroni has answered at " + unknown)
                    .fix("check the addresses of the REST API, and start Patroni on the members"));
        }
    }

    private CompletableFuture<HttpResponse<String>> request(URI api) {
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/cluster"))
                .timeout(timeout)
                .GET()
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Returns the members. Only addresses with the scheme of the given ones are followed. */
    private Members members(HttpResponse<String> response) throws IOException {
        if (response.statusCode() != OK) {
            throw new IOException("HTTP status " + response.statusCode());
        }
        Set<Node> servers = new LinkedHashSet<>();
        Set<URI> apis = new LinkedHashSet<>();
        if (JSON.std.mapFrom(response.body()).get("members") instanceof List<?> members) {
            members.forEach(member -> {
                if (member instanceof Map<?, ?> properties) {
                    server(properties).ifPresent(servers::add);
                    api(properties).filter(this::hasKnownScheme).ifPresent(apis::add);
                }
            });
        }
        return new Members(servers, apis);
    }

    private boolean hasKnownScheme(URI api) {
        return entryPoints.stream().anyMatch(entry -> entry.getScheme().equalsIgnoreCase(api.getScheme()));
    }

    /** Returns the server of a member; a member that has not started PostgreSQL yet publishes none. */
    private static Optional<Node> server(Map<?, ?> member) {
        return member.get("host") instanceof String host && member.get("port") instanceof Number port
                ? Optional.of(new Node(NodeRole.WORKER, host, port.intValue()))
                : Optional.empty();
    }

    private static Optional<URI> api(Map<?, ?> member) {
        try {
            return member.get("api_url") instanceof String url ? root(URI.create(url)) : Optional.empty();
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    private static String withoutUser(URI api) {
        return api.toString().replaceFirst("//[^/@]*@", "//");
    }

    /** Returns the address without path and user: {@code GET /cluster} needs no credentials. */
    private static Optional<URI> root(URI api) {
        boolean http = "http".equalsIgnoreCase(api.getScheme()) || "https".equalsIgnoreCase(api.getScheme());
        return http && api.getHost() != null
                ? Optional.of(URI.create(
                        api.getScheme() + "://" + api.getHost() + (api.getPort() < 0 ? "" : ":" + api.getPort()) + "/"))
                : Optional.empty();
    }
}
