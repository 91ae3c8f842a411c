package org.citustenancy.examples.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * Events and metrics.
 *
 * @param sessions the number of sessions
 * @param eventsEach the number of events of each session
 */
record AnalyticsRows(int sessions, int eventsEach) implements GuideRows {

    private static final OffsetDateTime BEGIN = OffsetDateTime.parse("2026-01-01T00:00:00Z");
    private static final List<String> KINDS = List.of("view", "search", "click", "purchase");
    private static final List<String> METRICS =
            List.of("cpu", "memory", "disk", "network", "requests", "errors", "latency", "queue");
    private static final int HOURS = 24;

    @Override
    public void load(Connection connection) throws SQLException {
        insertEvents(connection);
        insertMetrics(connection);
    }

    private void insertEvents(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO events (session_id, kind, happened_at) VALUES (?, ?, ?)")) {
            for (int session = 1; session <= sessions; session++) {
                for (int number = 0; number < eventsEach; number++) {
                    insert.setLong(1, session);
                    insert.setString(2, KINDS.get(number % KINDS.size()));
                    insert.setObject(3, BEGIN.plus(Duration.ofMinutes(10L * session + number)));
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private void insertMetrics(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO metrics (name, measured_at, value) VALUES (?, ?, ?)")) {
            for (int metric = 0; metric < METRICS.size(); metric++) {
                for (int hour = 0; hour < HOURS; hour++) {
                    insert.setString(1, METRICS.get(metric));
                    insert.setObject(2, BEGIN.plusHours(hour));
                    insert.setDouble(3, metric + hour / 100.0);
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }
}
