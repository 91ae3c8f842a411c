package org.citustenancy.hikari;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.internal.capacity.BudgetCheck;
import org.citustenancy.hikari.internal.capacity.PlannedPool;
import org.citustenancy.hikari.internal.capacity.ServerCapacity;
import org.citustenancy.hikari.internal.connections.Target;
import org.citustenancy.hikari.internal.sql.ProjectSql;
import org.citustenancy.internal.shaded.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the budget against the servers before any pool is open. */
final class BudgetAtStart {

    private static final Logger LOG = LoggerFactory.getLogger(BudgetAtStart.class);

    private final BudgetCheck check;
    private final Collection<Registration> registrations;
    private final List<String> projects;
    private final List<String> users;

    BudgetAtStart(ConnectionBudget budget, Collection<Registration> registrations, List<PlannedPool> pools) {
        this.check = new BudgetCheck(budget, pools);
        this.registrations = registrations;
        this.projects = pools.stream().map(PlannedPool::project).distinct().toList();
        this.users = pools.stream().map(PlannedPool::user).distinct().toList();
    }

    /** Queries every node once, with the first registered user that the node authenticates. */
    void run(Function<Registration, List<Target>> targets, int nodes) {
        for (int node = 0; node < nodes; node++) {
            int number = node;
            // A node that does not respond to one user does not respond to the others either, and each attempt may take
            // seconds.
            Set<String> silent = new HashSet<>();
            boolean asked = registrations.stream()
                    .anyMatch(registration ->
                            asked(registration, targets.apply(registration).get(number), silent));
            if (!asked && !registrations.isEmpty()) {
                LOG.warn(
                        "The budget of connections is not checked: node {} of {} lets none of the projects in now",
                        node + 1,
                        nodes);
            }
        }
    }

    private boolean asked(Registration registration, Target target, Set<String> silent) {
        String node = target.watched()
                .map(Object::toString)
                .orElse(registration.connection().host() + ":"
                        + registration.connection().port());
        if (silent.contains(node)) {
            return false;
        }
        ServerCapacity capacity;
        try (Connection connection = DriverManager.getConnection(
                target.jdbcUrl(),
                registration.login().user(),
                registration.login().password().reveal())) {
            capacity = ServerCapacity.ask(node, ProjectSql.on(connection), projects, users);
        } catch (SQLException refused) {
            LOG.debug("{} cannot be asked what it takes", registration.connection(), refused);
            if (String.valueOf(refused.getSQLState()).startsWith("08")) {
                silent.add(node);
            }
            return false;
        } catch (DataAccessException refused) {
            LOG.debug("{} does not say what it takes", registration.connection(), refused);
            return false;
        }
        check.against(capacity);
        return true;
    }
}
