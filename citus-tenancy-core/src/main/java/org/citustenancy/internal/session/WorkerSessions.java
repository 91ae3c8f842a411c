package org.citustenancy.internal.session;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.topology.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the direct sessions on workers that belong to a session on the coordinator, in the same database and open as
 * long as that session. They exist if the registered addresses of the nodes are reachable from this process, too. A
 * session that stays open answers repeatedly, while each command through the coordinator makes the coordinator open a
 * connection with cold caches. If a worker is not reachable, or another server answers at its address, the coordinator
 * passes commands on.
 */
final class WorkerSessions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerSessions.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration UNTIL_TRIED_AGAIN = Duration.ofMinutes(10);

    private final Sessions coordinator;
    private final Routes routes;
    private final Executor threads;
    private final String database;
    private final BiFunction<Sessions, Duration, Session> opening;
    private final Map<String, Session> open = new HashMap<>();

    /**
     * The state of the workers' addresses, which all sessions of a cluster share: the server that answers at each
     * address, and the time since when no server answers.
     */
    static final class Routes {

        private final Map<String, String> identities = new ConcurrentHashMap<>();
        private final Map<String, Long> closedSince = new ConcurrentHashMap<>();
    }

    /**
     * Creates an object without open sessions.
     *
     * @param coordinator opens sessions on the coordinator, and similar sessions on other nodes
     * @param routes the state of the workers' addresses
     * @param threads opens sessions at the same time
     * @param opening opens a session on a node, within the given time
     */
    WorkerSessions(
            Sessions coordinator,
            Routes routes,
            Executor threads,
            String database,
            BiFunction<Sessions, Duration, Session> opening) {
        this.coordinator = coordinator;
        this.routes = routes;
        this.threads = threads;
        this.database = database;
        this.opening = opening;
    }

    /** Returns the sessions that are open or can be opened, by node. All missing ones are opened at the same time. */
    Map<Node, Session> to(Collection<Node> nodes, Supplier<Session> onCoordinator) {
        open.values().removeIf(session -> {
            if (session.isBroken()) {
                session.close();
            }
            return session.isBroken();
        });
        List<Node> missing = nodes.stream()
                .filter(node -> !open.containsKey(node.address()) && mayAnswer(node))
                .toList();
        if (isMaintenance()) {
            identify(onCoordinator, missing);
        }
        List<Node> known = missing.stream()
                .filter(node -> routes.identities.containsKey(node.address()))
                .toList();
        new ParallelTasks(threads, known.size())
                .open(known, this::open)
                .forEach((node, session) -> open.put(node.address(), session));
        return nodes.stream()
                .filter(node -> open.containsKey(node.address()))
                .collect(Collectors.toMap(node -> node, node -> open.get(node.address())));
    }

    /** Checks whether the node can be reached directly. A loopback address of another machine leads to this machine. */
    private boolean mayAnswer(Node node) {
        Long since = routes.closedSince.get(node.address());
        boolean tried = since != null && System.nanoTime() - since < UNTIL_TRIED_AGAIN.toNanos();
        return !tried
                && (!isLoopback(node.host()) || isLoopback(coordinator.address().host()));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    /** Queries, through the coordinator, the identity of workers without a known one. */
    private void identify(Supplier<Session> onCoordinator, Collection<Node> workers) {
        String question = Sql.text(ClusterQueries.systemIdentifier());
        Map<Node, String> questions = workers.stream()
                .filter(node -> !routes.identities.containsKey(node.address()))
                .collect(Collectors.toMap(node -> node, node -> question));
        if (!questions.isEmpty()) {
            NodeCommands.on(onCoordinator.get()).run(questions).forEach((node, answer) -> {
                if (answer.success()) {
                    routes.identities.put(node.address(), answer.text());
                }
            });
        }
    }

    private Optional<Session> open(Node node) {
        // Another session may have found another server at this address meanwhile.
        Optional<String> identity = Optional.ofNullable(routes.identities.get(node.address()));
        if (identity.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(opening.apply(coordinator.on(node, identity.get()), CONNECT_TIMEOUT));
        } catch (ConflictException other) {
            LOG.info("Another server than {} answers at {}; commands go through the coordinator", node, node.address());
            routes.identities.remove(node.address());
        } catch (NotFoundException missing) {
            LOG.debug("{} has no database {} yet", node, database);
            return Optional.empty();
        } catch (CitusTenancyException failure) {
            LOG.debug("Commands to {} go through the coordinator", node, failure);
        }
        if (isMaintenance()) {
            routes.closedSince.put(node.address(), System.nanoTime());
        }
        return Optional.empty();
    }

    /**
     * Checks whether the session is in the maintenance database. A project's database may refuse connections for a
     * short time, which proves nothing about the node.
     */
    private boolean isMaintenance() {
        return database.equals(coordinator.address().maintenanceDatabase());
    }

    @Override
    public void close() {
        open.values().forEach(Session::close);
        open.clear();
    }
}
