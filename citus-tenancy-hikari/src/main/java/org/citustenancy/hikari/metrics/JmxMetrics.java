package org.citustenancy.hikari.metrics;

import com.zaxxer.hikari.HikariConfig;
import java.util.regex.Pattern;
import org.citustenancy.hikari.pool.PoolName;

/** HikariCP's own MXBeans. */
final class JmxMetrics implements PoolMetrics {

    private static final Pattern SPECIAL = Pattern.compile("[,=:\"*?\\\\\\n%]");

    @Override
    public void measure(PoolName name, HikariConfig configuration) {
        configuration.setRegisterMbeans(true);
        configuration.setPoolName(SPECIAL.matcher(name.toString())
                .replaceAll(found -> "%%%02X".formatted((int) found.group().charAt(0))));
    }
}
