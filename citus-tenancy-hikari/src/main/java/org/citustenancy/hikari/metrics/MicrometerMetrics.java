package org.citustenancy.hikari.metrics;

import com.zaxxer.hikari.HikariConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.citustenancy.hikari.pool.PoolName;

/**
 * The meters of HikariCP in a Micrometer registry, with the tags {@code project} and {@code user} beside HikariCP's own tag
 * {@code pool}. They are removed when the pool is closed.
 *
 * <pre>{@code
 * ProjectPools.builder().metrics(MicrometerMetrics.in(meterRegistry))
 * }</pre>
 */
public final class MicrometerMetrics implements PoolMetrics {

    private final MeterRegistry registry;

    private MicrometerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Meters in a registry.
     *
     * @param registry the registry
     * @return where figures can go
     */
    public static MicrometerMetrics in(MeterRegistry registry) {
        return new MicrometerMetrics(registry);
    }

    @Override
    public void measure(PoolName name, HikariConfig configuration) {
        // HikariCP tags its meters with the pool alone; a registry in front of the other one adds the rest.
        CompositeMeterRegistry tagged = new CompositeMeterRegistry();
        tagged.config().commonTags("project", name.project(), "user", name.user());
        tagged.add(registry);
        configuration.setMetricRegistry(tagged);
    }
}
