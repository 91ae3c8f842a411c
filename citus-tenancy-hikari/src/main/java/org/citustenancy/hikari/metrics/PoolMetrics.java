package org.citustenancy.hikari.metrics;

import com.zaxxer.hikari.HikariConfig;
import org.citustenancy.hikari.pool.PoolName;

/** Where the figures of pools go. */
@FunctionalInterface
public interface PoolMetrics {

    /** Nowhere; they can be read from the pools all the same. */
    PoolMetrics NONE = (name, configuration) -> {};

    /**
     * MXBeans of HikariCP on the platform's server, one named after each pool. A name that JMX cannot have is quoted.
     *
     * @return figures for JMX
     */
    static PoolMetrics jmx() {
        return new JmxMetrics();
    }

    /**
     * Says where the figures of a pool go.
     *
     * @param name the pool
     * @param configuration the configuration of HikariCP that the pool will start with
     */
    void measure(PoolName name, HikariConfig configuration);

    /**
     * Both.
     *
     * @param other where they go too
     * @return this one and the other one
     */
    default PoolMetrics and(PoolMetrics other) {
        return (name, configuration) -> {
            measure(name, configuration);
            other.measure(name, configuration);
        };
    }
}
