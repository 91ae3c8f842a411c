package org.citustenancy.examples.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citustenancy.embedded.EmbeddedNode;

/** Runs {@code CREATE DATABASE ... TEMPLATE} alone on all nodes at once over open sessions. */
final class RawCopies implements AutoCloseable {

    private final List<Connection> sessions = new ArrayList<>();
    private final ExecutorService threads;

    RawCopies(MeasuredCluster nodes) throws SQLException {
        List<EmbeddedNode> all = nodes.embedded().nodes();
        this.threads = Executors.newFixedThreadPool(all.size());
        for (EmbeddedNode node : all) {
            sessions.add(nodes.open(node, "postgres"));
            try (Statement statement = sessions.get(sessions.size() - 1).createStatement()) {
                statement.execute("set citus.enable_ddl_propagation = off");
            }
        }
    }

    void create(String name, String template) throws Exception {
        create(name, template, "");
    }

    void create(String name, String template, String options) throws Exception {
        onAll("create database \"" + name + "\" template \"" + template + "\" " + options);
    }

    void drop(String name) throws Exception {
        onAll("drop database \"" + name + "\" with (force)");
    }

    private void onAll(String sql) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        for (Connection session : sessions) {
            sent.add(threads.submit(() -> {
                try (Statement statement = session.createStatement()) {
                    statement.execute(sql);
                }
                return true;
            }));
        }
        for (Future<?> each : sent) {
            each.get();
        }
    }

    @Override
    public void close() throws SQLException {
        threads.shutdownNow();
        for (Connection session : sessions) {
            session.close();
        }
    }
}
