package org.citustenancy.hikari.internal.routing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the scope of calls to objects that a {@link ScopedConnection} creates: statements, their results, large
 * objects, metadata. Calls that may reach the server require the scope, and so do unknown calls. Rows that were
 * requested in the scope can be read outside of it, so that one project's rows can be copied into another.
 */
final class ScopedCalls implements InvocationHandler {

    private static final Set<String> ENDING = Set.of("close", "closeOnCompletion", "cancel", "free");
    private static final Set<String> CHANGING_A_ROW =
            Set.of("insertRow", "updateRow", "deleteRow", "refreshRow", "unwrap");

    private final Object target;
    private final ScopedConnection connection;
    private final @Nullable Object statement;

    private ScopedCalls(Object target, ScopedConnection connection, @Nullable Object statement) {
        this.target = target;
        this.connection = connection;
        this.statement = statement;
    }

    /**
     * Creates a proxy of an object.
     *
     * @param target the object
     * @param connection the connection that created it
     */
    static <T> T on(Class<T> type, T target, ScopedConnection connection) {
        return on(type, target, connection, null);
    }

    private static <T> T on(Class<T> type, T target, ScopedConnection connection, @Nullable Object statement) {
        ScopedCalls calls = new ScopedCalls(target, connection, statement);
        return type.cast(Proxy.newProxyInstance(ScopedCalls.class.getClassLoader(), new Class<?>[] {type}, calls));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "equals" -> {
                return arguments != null && proxy == arguments[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            case "getConnection" -> {
                return connection;
            }
            default -> {
                if (!worksAnywhere(method.getName())) {
                    connection.requireScope();
                }
            }
        }
        try {
            return scoped(method.invoke(target, arguments), proxy);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private boolean worksAnywhere(String method) {
        if (target instanceof ResultSet) {
            return !CHANGING_A_ROW.contains(method);
        }
        return ENDING.contains(method)
                || method.equals("toString")
                || (target instanceof Statement && isAboutResults(method));
    }

    /** Whether a statement's method returns its own properties or its results, without a request to the server. */
    private static boolean isAboutResults(String method) {
        return (method.startsWith("get") && !method.endsWith("MetaData"))
                || method.startsWith("is")
                || method.startsWith("clear");
    }

    private @Nullable Object scoped(@Nullable Object result, Object proxy) {
        if (result instanceof ResultSet rows) {
            return on(ResultSet.class, rows, connection, target instanceof Statement ? proxy : null);
        } else if (result instanceof Statement of) {
            return statement != null ? statement : scopedStatement(of);
        } else if (result instanceof NClob text) {
            return on(NClob.class, text, connection);
        } else if (result instanceof Clob text) {
            return on(Clob.class, text, connection);
        } else if (result instanceof Blob bytes) {
            return on(Blob.class, bytes, connection);
        }
        return result instanceof Connection ? connection : result;
    }

    private Object scopedStatement(Statement of) {
        if (of instanceof CallableStatement call) {
            return on(CallableStatement.class, call, connection);
        }
        return of instanceof PreparedStatement prepared
                ? on(PreparedStatement.class, prepared, connection)
                : on(Statement.class, of, connection);
    }
}
