package org.citustenancy.internal.session;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.topology.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways to workers past the coordinator, where the addresses by which the nodes know each other work from here too.
 * A session that stays open can be asked again and again, while each command that goes through the coordinator makes it
 * open a connection of its own, with all caches cold. Where there is no such way, or where what answers at the address is
 * not the node that the coordinator knows by it, nothing is lost: the way through the coordinator is always there.
 */
final class DirectWorkerConnections {

    private static final Logger LOG = LoggerFactory.getLogger(DirectWorkerConnections.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration UNTIL_TRIED_AGAIN = Duration.ofMinutes(10);

    private final Sessions coordinator;
    private final ExecutorService threads;
    private final Map<String, String> identities = new ConcurrentHashMap<>();
    private final Map<String, Long> closedSince = new ConcurrentHashMap<>();

    DirectWorkerConnections(Sessions coordinator, ExecutorService threads) {
        this.coordinator = coordinator;
        this.threads = threads;
    }

    /**
     * Opens what can be opened, all at once.
     *
     * @param session gives a session on the coordinator, in the same database
     * @param database the database
     * @param workers the workers
     * @param opening opens a session there, within so much time
     * @return the sessions, to be closed by the caller
     */
    Map<Node, Session> open(
            Supplier<Session> session,
            String database,
            Collection<Node> workers,
            BiFunction<Sessions, Duration, Session> opening) {
        List<Node> usable = workers.stream().filter(this::mayBeOpen).toList();
        if (isMaintenance(database)) {
            identify(session, usable);
        }
        Map<Node, CompletableFuture<Optional<Session>>> attempts = new LinkedHashMap<>();
        for (Node node : usable) {
            String identity = identities.get(node.address());
            if (identity != null) {
                attempts.put(
                        node, CompletableFuture.supplyAsync(() -> open(node, identity, database, opening), threads));
            }
        }
        return opened(attempts, Place.unknown().in(database));
    }

    private static Map<Node, Session> opened(Map<Node, CompletableFuture<Optional<Session>>> opening, Place place) {
        Map<Node, Session> sessions = new HashMap<>();
        boolean complete = false;
        try {
            for (Map.Entry<Node, CompletableFuture<Optional<Session>>> each : opening.entrySet()) {
                each.getValue().get().ifPresent(session -> sessions.put(each.getKey(), session));
            }
            complete = true;
            return sessions;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw SqlFailures.interrupted(interrupted, place);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(failed.getCause());
        } finally {
            if (!complete) {
                opening.values().forEach(DirectWorkerConnections::closeWhenOpen);
            }
        }
    }

    private static void closeWhenOpen(CompletableFuture<Optional<Session>> late) {
        CompletableFuture<Void> unused = late.thenAccept(session -> session.ifPresent(Session::close));
    }

    /** On this machine, another machine's own address leads somewhere else. */
    private boolean mayBeOpen(Node node) {
        Long since = closedSince.get(node.address());
        boolean tried = since != null && System.nanoTime() - since < UNTIL_TRIED_AGAIN.toNanos();
        return !tried
                && (!isLoopback(node.host()) || isLoopback(coordinator.address().host()));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    /** Asks through the coordinator who the workers are of which that is not known. */
    private void identify(Supplier<Session> session, Collection<Node> workers) {
        String question = Sql.text(ClusterQueries.systemIdentifier());
        Map<Node, String> questions = workers.stream()
                .filter(node -> !identities.containsKey(node.address()))
                .collect(Collectors.toMap(node -> node, node -> question));
        if (!questions.isEmpty()) {
            NodeCommands.on(session.get()).run(questions).forEach((node, answer) -> {
                if (answer.success()) {
                    identities.put(node.address(), answer.text());
                }
            });
        }
    }

    private Optional<Session> open(
            Node node, String identity, String database, BiFunction<Sessions, Duration, Session> opening) {
        try {
            return Optional.of(opening.apply(coordinator.on(node, identity), PATIENCE));
        } catch (ConflictException other) {
            LOG.info("What answers at {} is not {}, which is reached through the coordinator", node.address(), node);
            identities.remove(node.address());
        } catch (NotFoundException missing) {
            LOG.debug("{} has no database {} yet", node, database);
            return Optional.empty();
        } catch (CitusTenancyException failure) {
            LOG.debug("{} is reached through the coordinator", node, failure);
        }
        if (isMaintenance(database)) {
            closedSince.put(node.address(), System.nanoTime());
        }
        return Optional.empty();
    }

    /** A project's database may refuse connections for a moment, which says nothing of the node. */
    private boolean isMaintenance(String database) {
        return database.equals(coordinator.address().maintenanceDatabase());
    }
}
