package org.citustenancy.hikari.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.citustenancy.hikari.internal.jdbc.PlainDataSource;

/** Gives connections of the data source whose turn it is. */
public final class RoutingDataSource extends PlainDataSource {

    private final Supplier<DataSource> current;

    /**
     * A data source that stands for others.
     *
     * @param current the one whose turn it is, or an exception if there is none
     */
    public RoutingDataSource(Supplier<DataSource> current) {
        this.current = current;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return current.get().getConnection();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : current.get().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || current.get().isWrapperFor(type);
    }
}
