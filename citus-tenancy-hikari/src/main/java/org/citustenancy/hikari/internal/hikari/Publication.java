package org.citustenancy.hikari.internal.hikari;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters and MXBeans of a pool. HikariCP removes them by their names at the end of a pool, which may wait for
 * borrowed connections while another pool of the same name is open already. This class removes them before that.
 */
final class Publication {

    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    private final List<Tracker> trackers = new CopyOnWriteArrayList<>();
    private final List<ObjectName> beans = new ArrayList<>();
    private boolean hasBeans;

    /** Takes the publication over from HikariCP. */
    void prepare(HikariConfig configuration) {
        hasBeans = configuration.isRegisterMbeans();
        configuration.setRegisterMbeans(false);
        MetricsTrackerFactory factory = configuration.getMetricsTrackerFactory();
        if (factory != null) {
            configuration.setMetricsTrackerFactory((name, figures) -> {
                Tracker tracker = new Tracker(factory.create(name, figures));
                trackers.add(tracker);
                return tracker;
            });
        }
    }

    /** Publishes the MXBeans of a pool, if its configuration requests them. */
    void begin(HikariDataSource pool) {
        if (hasBeans) {
            // The names that HikariCP uses.
            String form = Boolean.getBoolean("hikaricp.jmx.register2.0") ? ",name=%s" : " (%s)";
            String suffix = form.formatted(pool.getPoolName());
            register("com.zaxxer.hikari:type=PoolConfig" + suffix, pool);
            register("com.zaxxer.hikari:type=Pool" + suffix, pool.getHikariPoolMXBean());
        }
    }

    private void register(String name, Object bean) {
        try {
            ObjectName added = new ObjectName(name);
            server().registerMBean(bean, added);
            beans.add(added);
        } catch (JMException failure) {
            LOG.warn("The MXBean {} could not be registered", name, failure);
        }
    }

    /** Removes what is published. Repeated calls have no effect. */
    void end() {
        trackers.forEach(Tracker::close);
        for (ObjectName bean : beans) {
            try {
                server().unregisterMBean(bean);
            } catch (JMException failure) {
                LOG.warn("The MXBean {} could not be removed", bean, failure);
            }
        }
        beans.clear();
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    /** Forwards to a tracker until it is closed, by this class or by HikariCP. */
    private static final class Tracker implements IMetricsTracker {

        private final IMetricsTracker target;
        private final AtomicBoolean closed = new AtomicBoolean();

        Tracker(IMetricsTracker target) {
            this.target = target;
        }

        @Override
        public void recordConnectionCreatedMillis(long millis) {
            if (!closed.get()) {
                target.recordConnectionCreatedMillis(millis);
            }
        }

        @Override
        public void recordConnectionAcquiredNanos(long nanos) {
            if (!closed.get()) {
                target.recordConnectionAcquiredNanos(nanos);
            }
        }

        @Override
        public void recordConnectionUsageMillis(long millis) {
            if (!closed.get()) {
                target.recordConnectionUsageMillis(millis);
            }
        }

        @Override
        public void recordConnectionTimeout() {
            if (!closed.get()) {
                target.recordConnectionTimeout();
            }
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                target.close();
            }
        }
    }
}
