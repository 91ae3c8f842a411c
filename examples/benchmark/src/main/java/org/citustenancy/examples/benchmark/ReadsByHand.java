package org.citustenancy.examples.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.citustenancy.embedded.EmbeddedNode;

/**
 * Runs the reads of a terminal in every project: by sessions of psql, one after another, or by plain JDBC, as many at a
 * time as the library. JDBC shows the cost of the reads alone, without the start of a program.
 */
final class ReadsByHand {

    private static final int AT_A_TIME = 4;

    private final MeasuredCluster nodes;
    private final List<Read> reads;

    private record Read(EmbeddedNode node, String database, List<String> statements) {}

    private ReadsByHand(MeasuredCluster nodes, List<Read> reads) {
        this.nodes = nodes;
        this.reads = reads;
    }

    /** Verifies that every node has all of each project, and that the owner's queries reach every node. */
    static ReadsByHand verification(MeasuredCluster nodes, List<String> projects) {
        EmbeddedNode coordinator = nodes.embedded().coordinator();
        List<String> onCoordinator = Stream.concat(ByHand.VERIFICATION.stream(), ByHand.PASSAGE.stream())
                .toList();
        return new ReadsByHand(
                nodes,
                projects.stream()
                        .flatMap(project -> nodes.embedded().nodes().stream()
                                .map(node -> new Read(
                                        node, project, node.equals(coordinator) ? onCoordinator : ByHand.VERIFICATION)))
                        .toList());
    }

    /** Reads the usage of each project from the coordinator. */
    static ReadsByHand figures(MeasuredCluster nodes, List<String> projects) {
        return new ReadsByHand(
                nodes,
                projects.stream()
                        .map(project -> new Read(nodes.embedded().coordinator(), project, ByHand.FIGURES))
                        .toList());
    }

    void byPsql() throws Exception {
        PostgresPrograms programs = new PostgresPrograms(nodes.embedded());
        for (Read read : reads) {
            programs.psql(read.node(), read.database(), read.statements());
        }
    }

    void byJdbc() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Read read : reads) {
                running.add(threads.submit(() -> {
                    byJdbc(read);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void byJdbc(Read read) throws SQLException {
        try (Connection session = nodes.open(read.node(), read.database());
                Statement statement = session.createStatement()) {
            for (String text : read.statements()) {
                statement.execute(text);
            }
        }
    }
}
