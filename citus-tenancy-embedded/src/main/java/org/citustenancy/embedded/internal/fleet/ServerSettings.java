package org.citustenancy.embedded.internal.fleet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings of a server, and their form in {@code postgresql.conf}.
 *
 * @param values the settings, by name
 */
public record ServerSettings(Map<String, String> values) {

    public ServerSettings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Returns the settings for every server for development and tests. */
    public static ServerSettings defaults() {
        return new ServerSettings(Map.of())
                .with("logging_collector", "off")
                .with("log_destination", "stderr")
                .with("log_line_prefix", "%m [%p] %q%u@%d ")
                // Code that searches for messages requires one language.
                .with("lc_messages", "C")
                // Committed data survives the kill of a server, because the operating system has it; it need not
                // survive a power cut.
                .with("fsync", "off")
                .with("full_page_writes", "off")
                .with("max_connections", "300")
                // Citus runs one daemon for every database; the default of 8 leaves the eighth without one.
                .with("max_worker_processes", "32")
                .with("max_prepared_transactions", "200")
                .with("wal_level", "logical");
    }

    /** Returns these settings and those that Citus needs. */
    public ServerSettings withCitus() {
        return with("shared_preload_libraries", "citus").with("citus.node_conninfo", "sslmode=prefer");
    }

    /** Returns these settings with one added or replaced. */
    public ServerSettings with(String name, String value) {
        return with(Map.of(name, value));
    }

    /** Returns these settings with others that override them. */
    public ServerSettings with(Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.putAll(others);
        return new ServerSettings(all);
    }

    /** Returns lines to append to {@code postgresql.conf}, where the last line for a setting takes precedence. */
    public String text() {
        StringBuilder text = new StringBuilder("\n");
        values.forEach((name, value) ->
                text.append(name).append(" = '").append(escaped(value)).append("'\n"));
        return text.toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("'", "''")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
