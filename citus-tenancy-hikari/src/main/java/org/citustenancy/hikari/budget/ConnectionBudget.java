package org.citustenancy.hikari.budget;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * The number of connections that a process may hold in all its pools together.
 *
 * <pre>{@code
 * ConnectionBudget budget = ConnectionBudget.of(40)              // in this process
 *         .instances(2)                                          // of which there are two
 *         .guarantee("app_production", 5)
 *         .limit("analytics", 10);
 * ConnectionBudget share = ConnectionBudget.shared(80, 2);       // the same: 80 among two
 * }</pre>
 *
 * @param connections the most connections of this process
 * @param instances the number of processes that each have this budget
 * @param shares the shares of projects that have one of their own
 */
public record ConnectionBudget(int connections, int instances, Map<String, ProjectShare> shares) {

    /**
     * Checks that the budget is feasible.
     *
     * @throws InvalidRequestException if it is not; the message lists each reason
     */
    public ConnectionBudget {
        shares = Collections.unmodifiableMap(new TreeMap<>(shares));
        List<String> impossible = new ArrayList<>();
        if (connections < 1) {
            impossible.add("it has " + connections + " connections, but needs 1");
        }
        if (instances < 1) {
            impossible.add("there are " + instances + " instances, but at least this one is there");
        }
        shares.forEach((project, share) -> {
            if (share.guaranteed() < 0 || share.limit() < 1 || share.guaranteed() > share.limit()) {
                impossible.add(
                        "\"" + project + "\" is guaranteed " + share.guaranteed() + " and limited to " + share.limit());
            }
        });
        long guaranteed =
                shares.values().stream().mapToLong(ProjectShare::guaranteed).sum();
        if (guaranteed > connections) {
            impossible.add("the guaranteed minimums are " + guaranteed + " together, more than the " + connections
                    + " connections");
        }
        if (!impossible.isEmpty()) {
            throw new InvalidRequestException(Failure.of("This budget cannot be kept: " + String.join("; ", impossible))
                    .fix("declare more connections, or guarantee less"));
        }
    }

    /**
     * Creates a budget with this number of connections for this process as the only one.
     *
     * @param connections at least 1
     * @return the budget
     */
    public static ConnectionBudget of(int connections) {
        return new ConnectionBudget(connections, 1, Map.of());
    }

    /**
     * Creates a budget of this process's share of the connections of several instances.
     *
     * @param connections the connections of all instances together
     * @param instances the number of instances
     * @return the budget of one instance, rounded down
     */
    public static ConnectionBudget shared(int connections, int instances) {
        return new ConnectionBudget(instances < 1 ? connections : connections / instances, instances, Map.of());
    }

    /**
     * Returns a budget with no limit other than the pools' own.
     *
     * @return the budget of applications that declare none
     */
    public static ConnectionBudget unlimited() {
        return of(Integer.MAX_VALUE);
    }

    /**
     * Returns whether a number of connections is declared.
     *
     * @return false for {@link #unlimited()}
     */
    public boolean isLimited() {
        return connections != Integer.MAX_VALUE;
    }

    /**
     * Returns this budget for several processes that each have it.
     *
     * @param number the number of instances of the application
     * @return another budget
     */
    public ConnectionBudget instances(int number) {
        return new ConnectionBudget(connections, number, shares);
    }

    /**
     * Returns this budget with connections that are reserved for a project regardless of the demand of others.
     *
     * @param project the project
     * @param minimum the number of reserved connections
     * @return another budget
     */
    public ConnectionBudget guarantee(String project, int minimum) {
        return share(project, new ProjectShare(minimum, share(project).limit()));
    }

    /**
     * Returns this budget with a maximum for a project, over all its users.
     *
     * @param project the project
     * @param maximum the most connections
     * @return another budget
     */
    public ConnectionBudget limit(String project, int maximum) {
        return share(project, new ProjectShare(share(project).guaranteed(), maximum));
    }

    /**
     * Returns a project's share.
     *
     * @param project the project
     * @return its configured share, or {@link ProjectShare#ANY}
     */
    public ProjectShare share(String project) {
        return shares.getOrDefault(project, ProjectShare.ANY);
    }

    /**
     * Returns the number of connections that are guaranteed to projects.
     *
     * @return the sum over all projects
     */
    public int guaranteed() {
        return shares.values().stream().mapToInt(ProjectShare::guaranteed).sum();
    }

    private ConnectionBudget share(String project, ProjectShare share) {
        Map<String, ProjectShare> changed = new TreeMap<>(shares);
        changed.put(project, share);
        return new ConnectionBudget(connections, instances, changed);
    }
}
