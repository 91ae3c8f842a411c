package org.citustenancy.hikari.health;

import java.util.List;
import java.util.stream.Collectors;
import org.citustenancy.hikari.budget.BudgetUse;

/**
 * The health of the pools of a registry.
 *
 * @param servers the servers of the registered projects
 * @param use the use of the budget
 */
public record PoolsHealth(List<ServerHealth> servers, BudgetUse use) {

    /** Copies the list. */
    public PoolsHealth {
        servers = List.copyOf(servers);
    }

    /**
     * Returns whether every server has answered.
     *
     * @return true also if no project is registered
     */
    public boolean isUp() {
        return servers.stream().allMatch(server -> server.failure().isEmpty());
    }

    /** Describes each server in one line, followed by the use of the budget. */
    @Override
    public String toString() {
        return servers.stream().map(server -> server + System.lineSeparator()).collect(Collectors.joining()) + use;
    }
}
