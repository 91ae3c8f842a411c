package org.citustenancy.hikari;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.hikari.errors.PoolClosedException;
import org.citustenancy.hikari.errors.ProjectConnectionException;
import org.citustenancy.hikari.health.ServerHealth;
import org.citustenancy.hikari.nodes.NodeAddress;
import org.citustenancy.hikari.pool.PoolName;

/**
 * Checks the servers of all pools with one connection of each server, regardless of the number of projects. A check of each
 * project would take connections of the budget from projects in use for projects without use.
 */
final class HealthCheck {

    /** How many pools of a server are tried, if the server refuses their users. */
    private static final int ATTEMPTS = 3;

    private final Function<PoolName, ProjectPool> opened;
    private final Function<PoolName, Optional<ProjectPool>> open;
    private final Duration timeout;

    /**
     * Creates a check.
     *
     * @param opened returns a pool, and opens it
     * @param open returns a pool if it is open
     * @param timeout how long to wait for each server
     */
    HealthCheck(
            Function<PoolName, ProjectPool> opened, Function<PoolName, Optional<ProjectPool>> open, Duration timeout) {
        this.opened = opened;
        this.open = open;
        this.timeout = timeout;
    }

    List<ServerHealth> run(Collection<Registration> registrations) {
        Map<NodeAddress, List<PoolName>> servers = new LinkedHashMap<>();
        for (Registration known : registrations) {
            servers.computeIfAbsent(
                            new NodeAddress(
                                    known.connection().host(),
                                    known.connection().port()),
                            address -> new ArrayList<>())
                    .add(new PoolName(
                            known.connection().database(), known.connection().user(), false));
        }
        List<ServerHealth> health = new ArrayList<>();
        servers.forEach((address, pools) -> health.add(check(address, pools)));
        return health;
    }

    /** Prefers pools with an idle connection, and then open ones. */
    private ServerHealth check(NodeAddress address, List<PoolName> pools) {
        long end = System.nanoTime() + timeout.toNanos();
        // Once per pool, because other threads borrow meanwhile.
        Map<PoolName, Integer> ranks = new HashMap<>();
        pools.forEach(pool -> ranks.put(pool, rank(pool)));
        List<PoolName> tried = pools.stream()
                .sorted(Comparator.<PoolName, Integer>comparing(ranks::get).reversed())
                .limit(ATTEMPTS)
                .toList();
        ServerHealth last = new ServerHealth(address, tried.get(0), Optional.empty());
        for (PoolName pool : tried) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            try (Connection connection = opened.apply(pool).running().borrow(left)) {
                boolean answers =
                        connection.isValid((int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime())));
                return new ServerHealth(
                        address, pool, answers ? Optional.empty() : Optional.of("the server does not answer"));
            } catch (ProjectConnectionException | PoolClosedException | NotFoundException refused) {
                // The fault may be of this project only, or another thread has closed or unregistered it.
                last = new ServerHealth(address, pool, Optional.of(String.valueOf(refused.getMessage())));
            } catch (SQLException | CitusTenancyException failure) {
                return new ServerHealth(address, pool, Optional.of(String.valueOf(failure.getMessage())));
            }
        }
        return last;
    }

    private int rank(PoolName pool) {
        return open.apply(pool).map(known -> known.figures().idle() > 0 ? 2 : 1).orElse(0);
    }
}
