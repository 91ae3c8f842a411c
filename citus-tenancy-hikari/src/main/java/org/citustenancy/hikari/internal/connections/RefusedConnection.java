package org.citustenancy.hikari.internal.connections;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A placeholder in a pool for a connection that the server refuses. It passes the refusal to the thread that waits for
 * the connection. Without it, HikariCP would retry, and the thread would wait until its time-out.
 */
final class RefusedConnection extends PoolConnection {

    private final Refusal refusal;

    RefusedConnection(Refusal refusal) {
        super((Connection) Proxy.newProxyInstance(
                RefusedConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, new Answers(refusal)));
        this.refusal = refusal;
    }

    @Override
    public boolean lend(Connection loan) throws SQLException {
        if (refusal.isRecent()) {
            throw refusal.exception();
        }
        return false;
    }

    /** Returns the values that HikariCP requires of a new connection, and throws the refusal for all other calls. */
    private record Answers(Refusal refusal) implements InvocationHandler {

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
            return switch (method.getName()) {
                case "isValid" -> refusal.isRecent();
                case "isClosed" -> false;
                case "createStatement" -> statement();
                case "getAutoCommit", "isReadOnly" -> false;
                case "getTransactionIsolation" -> Connection.TRANSACTION_READ_COMMITTED;
                case "getNetworkTimeout" -> 0;
                case "toString" -> "a refused connection";
                case "close",
                        "abort",
                        "clearWarnings",
                        "beginRequest",
                        "endRequest",
                        "commit",
                        "rollback",
                        "setAutoCommit",
                        "setReadOnly",
                        "setCatalog",
                        "setSchema",
                        "setTransactionIsolation",
                        "setNetworkTimeout" -> null;
                default -> throw refusal.exception();
            };
        }

        /** Returns a statement for what HikariCP executes before it lends a connection. */
        private Statement statement() {
            return (Statement) Proxy.newProxyInstance(
                    RefusedConnection.class.getClassLoader(),
                    new Class<?>[] {Statement.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "execute" -> {
                            if (!refusal.isRecent()) {
                                throw refusal.exception();
                            }
                            yield false;
                        }
                        case "close", "setQueryTimeout" -> null;
                        case "toString" -> "a statement of a refused connection";
                        default -> throw refusal.exception();
                    });
        }
    }
}
