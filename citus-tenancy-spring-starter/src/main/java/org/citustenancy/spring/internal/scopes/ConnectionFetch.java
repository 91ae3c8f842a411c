package org.citustenancy.spring.internal.scopes;

import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.core.env.Environment;

/**
 * When and from which pool a connection is fetched.
 *
 * @param lazy whether it is fetched for the first statement, as {@code spring.datasource.connection-fetch} says
 * @param fromReadPool whether read-only transactions use the read pool, which requires that it is fetched so late
 */
public record ConnectionFetch(boolean lazy, boolean fromReadPool) {

    /** Reads Spring Boot's property. */
    public static ConnectionFetch of(Environment environment, boolean fromReadPool) {
        return new ConnectionFetch(
                "lazy".equalsIgnoreCase(environment.getProperty("spring.datasource.connection-fetch", "")),
                fromReadPool);
    }

    boolean isLate() {
        return lazy || fromReadPool;
    }

    /**
     * Returns a data source that fetches connections so.
     *
     * @param pool the data source of the pool
     * @param readPool the data source of the read pool
     */
    public DataSource from(DataSource pool, Supplier<DataSource> readPool) {
        if (!isLate()) {
            return pool;
        }
        LateConnections late = new LateConnections(pool);
        if (fromReadPool) {
            late.setReadOnlyDataSource(readPool.get());
        }
        return late;
    }
}
