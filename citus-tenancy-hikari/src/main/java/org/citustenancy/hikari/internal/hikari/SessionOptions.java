package org.citustenancy.hikari.internal.hikari;

import java.util.StringJoiner;
import org.citustenancy.hikari.settings.PoolSettings;

/** Server settings of a session, in the form that PostgreSQL accepts when a connection is opened. */
final class SessionOptions {

    private SessionOptions() {}

    static String of(PoolSettings settings) {
        StringJoiner options = new StringJoiner(" ");
        add(options, "statement_timeout", settings.statementTimeoutMillis());
        add(options, "lock_timeout", settings.lockTimeoutMillis());
        add(options, "idle_in_transaction_session_timeout", settings.idleInTransactionSessionTimeoutMillis());
        return options.toString();
    }

    private static void add(StringJoiner options, String setting, long millis) {
        if (millis > 0) {
            options.add("-c " + setting + "=" + millis);
        }
    }
}
