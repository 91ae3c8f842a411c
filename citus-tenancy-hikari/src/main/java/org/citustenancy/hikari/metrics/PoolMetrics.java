package org.citustenancy.hikari.metrics;

import com.zaxxer.hikari.HikariConfig;
import java.util.function.Supplier;
import org.citustenancy.hikari.budget.BudgetUse;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.pool.PoolName;

/** A target of the pools' metrics. */
@FunctionalInterface
public interface PoolMetrics {

    /** Publishes nothing. The pools still report their figures. */
    PoolMetrics NONE = (name, configuration) -> {};

    /**
     * Returns a target that publishes MXBeans of HikariCP on the platform's MBean server, one named after each pool.
     * Names with characters that are invalid in JMX are quoted.
     *
     * @return a target for JMX
     */
    static PoolMetrics jmx() {
        return new JmxMetrics();
    }

    /**
     * Configures a pool to publish its metrics. Use {@link HikariConfig#setMetricsTrackerFactory} rather than {@link
     * HikariConfig#setMetricRegistry}: a pool that closes then removes its meters before another pool of its name opens.
     *
     * @param name the pool
     * @param configuration the configuration of HikariCP that the pool will start with
     */
    void measure(PoolName name, HikariConfig configuration);

    /**
     * Publishes the use of the budget that the pools of a registry share. The default publishes nothing.
     *
     * @param budget the budget
     * @param use returns its current use
     * @return ends the publication; the registry runs it when it closes
     */
    default Runnable measureBudget(ConnectionBudget budget, Supplier<BudgetUse> use) {
        return () -> {};
    }

    /**
     * Combines this target with another one.
     *
     * @param other the other target
     * @return a target that publishes to both
     */
    default PoolMetrics and(PoolMetrics other) {
        PoolMetrics first = this;
        return new PoolMetrics() {
            @Override
            public void measure(PoolName name, HikariConfig configuration) {
                first.measure(name, configuration);
                other.measure(name, configuration);
            }

            @Override
            public Runnable measureBudget(ConnectionBudget budget, Supplier<BudgetUse> use) {
                Runnable endOfFirst = first.measureBudget(budget, use);
                Runnable endOfOther = other.measureBudget(budget, use);
                return () -> {
                    endOfFirst.run();
                    endOfOther.run();
                };
            }
        };
    }
}
