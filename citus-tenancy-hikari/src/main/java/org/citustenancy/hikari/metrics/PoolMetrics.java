package org.citustenancy.hikari.metrics;

import com.zaxxer.hikari.HikariConfig;
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
     * Combines this target with another one.
     *
     * @param other the other target
     * @return a target that publishes to both
     */
    default PoolMetrics and(PoolMetrics other) {
        return (name, configuration) -> {
            measure(name, configuration);
            other.measure(name, configuration);
        };
    }
}
