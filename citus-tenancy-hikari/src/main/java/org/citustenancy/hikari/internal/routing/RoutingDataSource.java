package org.citustenancy.hikari.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.citustenancy.hikari.internal.jdbc.PlainDataSource;

/**
 * Provides connections of the data source of the current scope, which work in that scope only.
 *
 * @param <S> the type of scopes
 */
public final class RoutingDataSource<S> extends PlainDataSource {

    private final Supplier<S> current;
    private final Function<S, DataSource> dataSource;
    private final Consumer<S> requireCurrent;

    /**
     * Creates a data source that delegates to those of the scopes.
     *
     * @param current returns the scope of the thread, or throws an exception if there is none
     * @param dataSource returns the data source of a scope
     * @param requireCurrent throws an exception if the thread is in another scope
     */
    public RoutingDataSource(Supplier<S> current, Function<S, DataSource> dataSource, Consumer<S> requireCurrent) {
        this.current = current;
        this.dataSource = dataSource;
        this.requireCurrent = requireCurrent;
    }

    @Override
    public Connection getConnection() throws SQLException {
        S scope = current.get();
        return new ScopedConnection(dataSource.apply(scope).getConnection(), () -> requireCurrent.accept(scope));
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : behind().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || behind().isWrapperFor(type);
    }

    private DataSource behind() {
        return dataSource.apply(current.get());
    }
}
