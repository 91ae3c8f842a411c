package org.citustenancy.hikari.metrics;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTracker;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.citustenancy.hikari.pool.PoolName;

/**
 * The meters of HikariCP in a Micrometer registry, with the tags {@code project} and {@code user} beside HikariCP's own tag
 * {@code pool}.
 *
 * <pre>{@code
 * ProjectPools.builder().metrics(MicrometerMetrics.in(meterRegistry))
 * }</pre>
 */
public final class MicrometerMetrics implements PoolMetrics {

    private static final String POOL = "pool";

    private final MeterRegistry registry;
    private final Map<String, PoolName> names = new ConcurrentHashMap<>();

    private MicrometerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Meters in a registry. Adds a filter to it, which touches no other meters.
     *
     * @param registry the registry
     * @return where figures can go
     */
    public static MicrometerMetrics in(MeterRegistry registry) {
        MicrometerMetrics metrics = new MicrometerMetrics(registry);
        registry.config().meterFilter(metrics.new ProjectTags());
        return metrics;
    }

    @Override
    public void measure(PoolName name, HikariConfig configuration) {
        names.put(configuration.getPoolName(), name);
        configuration.setMetricRegistry(registry);
    }

    /** HikariCP knows a pool's name alone. */
    private final class ProjectTags implements MeterFilter {

        @Override
        public Meter.Id map(Meter.Id id) {
            if (!id.getName().startsWith(MicrometerMetricsTracker.HIKARI_METRIC_NAME_PREFIX)) {
                return id;
            }
            String pool = id.getTag(POOL);
            PoolName name = pool == null ? null : names.get(pool);
            return name == null
                    ? id
                    : id.withTags(Tags.of(Tag.of("project", name.project()), Tag.of("user", name.user())));
        }
    }
}
