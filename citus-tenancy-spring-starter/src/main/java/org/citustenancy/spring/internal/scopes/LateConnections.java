package org.citustenancy.spring.internal.scopes;

import javax.sql.DataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/** Connections that are fetched for their first statement. It opens none to find out about defaults. */
final class LateConnections extends LazyConnectionDataSourceProxy {

    LateConnections(DataSource target) {
        setTargetDataSource(target);
        // As the pools' connections are; otherwise each transaction would fetch one to find out.
        setDefaultAutoCommit(true);
    }

    @Override
    public void checkDefaultConnectionProperties() {
        // Would fetch a connection. The isolation level stays unknown until a transaction sets one.
    }
}
