package org.citustenancy.hikari.metrics;

import com.zaxxer.hikari.HikariConfig;
import java.util.regex.Pattern;
import org.citustenancy.hikari.pool.PoolName;

/** Publishes figures as HikariCP's MXBeans. */
final class JmxMetrics implements PoolMetrics {

    private static final Pattern SPECIAL = Pattern.compile("[,=:\"*?\\\\\\n%@()]");

    @Override
    public void measure(PoolName name, HikariConfig configuration) {
        configuration.setRegisterMbeans(true);
        configuration.setPoolName(
                escaped(name.user()) + "@" + escaped(name.project()) + (name.reads() ? " (reads)" : ""));
    }

    /** Pools need distinct names here, without characters that are invalid in an object name. */
    private static String escaped(String part) {
        return SPECIAL.matcher(part)
                .replaceAll(found -> "%%%02X".formatted((int) found.group().charAt(0)));
    }
}
