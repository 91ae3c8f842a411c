package org.citustenancy.hikari.internal.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.hikari.budget.ConnectionBudget;

/** Checks that a budget, in all its instances, fits the limits of a server. */
public final class BudgetCheck {

    private final ConnectionBudget budget;
    private final List<PlannedPool> pools;

    /**
     * Creates a check.
     *
     * @param pools the registered pools
     */
    public BudgetCheck(ConnectionBudget budget, List<PlannedPool> pools) {
        this.budget = budget;
        this.pools = List.copyOf(pools);
    }

    /**
     * Rejects the budget if it exceeds the limits of the server.
     *
     * @param server the limits of the server
     * @throws InvalidRequestException if it does not fit; the message lists each reason
     */
    public void against(ServerCapacity server) {
        List<String> problems = new ArrayList<>();
        long all = (long) budget.connections() * budget.instances();
        if (all > server.available()) {
            problems.add("the budget of " + times(budget.connections()) + " is more than the " + server.available()
                    + " that there are (" + server.explanation() + ")");
        }
        problems.addAll(exceeded("database", PlannedPool::project, server.databases()));
        problems.addAll(exceeded("role", PlannedPool::user, server.roles()));
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(Failure.of(
                            "The budget does not fit " + server.node() + ": " + String.join("; ", problems))
                    .fix("declare less, limit the projects in the budget or by max, or raise the server's limits"));
        }
    }

    private List<String> exceeded(String kind, Function<PlannedPool, String> owner, Map<String, Integer> limits) {
        Map<String, Integer> wanted =
                new TreeMap<>(pools.stream().collect(Collectors.groupingBy(owner, Collectors.summingInt(this::most))));
        List<String> exceeded = new ArrayList<>();
        wanted.forEach((name, most) -> {
            int possible =
                    kind.equals("database") ? Math.min(most, budget.share(name).limit()) : most;
            int limit = limits.getOrDefault(name, Integer.MAX_VALUE);
            if ((long) possible * budget.instances() > limit) {
                exceeded.add("pools may take " + times(possible) + " of the " + kind + " \"" + name
                        + "\", whose limit is " + limit);
            }
        });
        return exceeded;
    }

    private int most(PlannedPool pool) {
        return Math.min(
                Math.min(pool.max(), budget.connections()),
                budget.share(pool.project()).limit());
    }

    private String times(int connections) {
        return budget.instances() == 1
                ? "" + connections
                : connections + " in each of " + budget.instances() + " instances";
    }
}
