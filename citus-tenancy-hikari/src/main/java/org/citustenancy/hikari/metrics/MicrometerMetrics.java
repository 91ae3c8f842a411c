package org.citustenancy.hikari.metrics;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import org.citustenancy.hikari.budget.BudgetUse;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.pool.PoolName;

/**
 * Publishes the meters of HikariCP in a Micrometer registry, with the tags {@code project} and {@code user} beside
 * HikariCP's own tag {@code pool}. The meters are removed when the pool is closed. Four gauges show the use of the
 * budget until the registry of pools is closed: {@code citustenancy.budget.connections}, {@code .used}, {@code .waiting}
 * and {@code .guaranteed}.
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
     * Creates a target that publishes meters in a registry.
     *
     * @param registry the registry
     * @return the target
     */
    public static MicrometerMetrics in(MeterRegistry registry) {
        return new MicrometerMetrics(registry);
    }

    @Override
    public void measure(PoolName name, HikariConfig configuration) {
        configuration.setMetricsTrackerFactory((pool, figures) -> {
            // HikariCP tags its meters with the pool only; this composite registry adds the other tags.
            CompositeMeterRegistry tagged = new CompositeMeterRegistry();
            tagged.config().commonTags("project", name.project(), "user", name.user());
            tagged.add(registry);
            return new TaggedMeters(
                    new MicrometerMetricsTrackerFactory(tagged).create(pool, figures), tagged, registry);
        });
    }

    @Override
    public Runnable measureBudget(ConnectionBudget budget, Supplier<BudgetUse> use) {
        List<Gauge> gauges = List.of(
                gauge(
                        "citustenancy.budget.connections",
                        "Connections of the budget",
                        () -> budget.isLimited() ? budget.connections() : Double.POSITIVE_INFINITY),
                gauge("citustenancy.budget.used", "Connections that the pools hold", () -> use.get()
                        .held()),
                gauge("citustenancy.budget.waiting", "Threads that wait for a connection", () -> use.get()
                        .waiting()),
                gauge(
                        "citustenancy.budget.guaranteed",
                        "Connections that are guaranteed to projects",
                        budget::guaranteed));
        return () -> gauges.forEach(registry::remove);
    }

    private Gauge gauge(String name, String description, Supplier<Number> value) {
        return Gauge.builder(name, value).description(description).register(registry);
    }

    /**
     * The meters of a pool in a registry of its own.
     *
     * @param meters the meters
     * @param tagged the registry of the pool
     * @param registry the registry of the application, which knows the pool's if it is a composite too
     */
    private record TaggedMeters(IMetricsTracker meters, CompositeMeterRegistry tagged, MeterRegistry registry)
            implements IMetricsTracker {

        @Override
        public void recordConnectionCreatedMillis(long millis) {
            meters.recordConnectionCreatedMillis(millis);
        }

        @Override
        public void recordConnectionAcquiredNanos(long nanos) {
            meters.recordConnectionAcquiredNanos(nanos);
        }

        @Override
        public void recordConnectionUsageMillis(long millis) {
            meters.recordConnectionUsageMillis(millis);
        }

        @Override
        public void recordConnectionTimeout() {
            meters.recordConnectionTimeout();
        }

        @Override
        public void close() {
            meters.close();
            tagged.remove(registry);
            tagged.close();
        }
    }
}
