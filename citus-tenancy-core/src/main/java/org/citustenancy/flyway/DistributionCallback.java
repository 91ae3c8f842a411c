package org.citustenancy.flyway;

import org.citustenancy.ProjectTables;
import org.citustenancy.internal.names.Names;
import org.citustenancy.tables.DistributionRules;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Distributes the tables of a project as rules say, after each {@code migrate} of Flyway. Migrations are then ordinary
 * SQL.
 *
 * <pre>{@code
 * Flyway.configure()
 *         .dataSource(owner.jdbcUrl(), owner.user(), password)
 *         .callbacks(new DistributionCallback(rules))
 *         .load()
 *         .migrate();
 * }</pre>
 *
 * <p>The statements run after the migrations are committed, each in its own transaction, on the connection of Flyway,
 * whose user must own the tables. If the rules cannot be applied, {@code migrate} throws a {@code FlywayException} whose
 * message or cause says what to correct; the migrations stay. The next {@code migrate} applies the rules again, also if
 * there is no new migration.
 *
 * <p>The rules must cover Flyway's own table, for example by {@code local("flyway_schema_history")}. The starter for Spring
 * Boot applies the rules of its properties without this callback.
 */
public final class DistributionCallback implements Callback {

    private final DistributionRules rules;

    /**
     * Creates a callback.
     *
     * @param rules the rules, for example those of {@link ProjectTables#rules()}
     */
    public DistributionCallback(DistributionRules rules) {
        this.rules = Names.given("distribution rules", rules);
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        // Citus distributes large tables in transactions of their own.
        return false;
    }

    @Override
    public void handle(Event event, Context context) {
        ProjectTables.over(context.getConnection()).apply(rules);
    }

    @Override
    public String getCallbackName() {
        return "distribution of tables";
    }
}
