package org.citustenancy.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.TestCluster;

/** Looks again and again at what every user of the machine can see of processes, and an admin of sessions. */
final class Onlooker implements AutoCloseable {

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final List<Connection> connections = new ArrayList<>();
    private final Thread thread = new Thread(this::look, "onlooker");

    private Onlooker() {}

    static Onlooker start(TestCluster nodes) throws SQLException {
        Onlooker onlooker = new Onlooker();
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            onlooker.connections.add(nodes.open(node, "postgres"));
        }
        onlooker.thread.start();
        return onlooker;
    }

    private void look() {
        try {
            while (true) {
                for (Connection connection : connections) {
                    seen.addAll(TestCluster.ask(connection, "select query from pg_stat_activity where query <> ''"));
                }
                processes();
                TimeUnit.MILLISECONDS.sleep(15);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (SQLException | IOException failure) {
            seen.add("The onlooker has failed: " + failure);
        }
    }

    private void processes() throws IOException {
        Path all = Path.of("/proc");
        if (!Files.isDirectory(all)) {
            ProcessHandle.allProcesses()
                    .forEach(process -> process.info().commandLine().ifPresent(seen::add));
            return;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(all, "[0-9]*")) {
            for (Path process : processes) {
                try {
                    seen.add(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1));
                } catch (IOException gone) {
                    seen.add("It has ended meanwhile: " + process);
                }
            }
        }
    }

    /** Everything that was seen. */
    String seen() {
        return String.join("\n", seen);
    }

    @Override
    public void close() throws SQLException, InterruptedException {
        thread.interrupt();
        thread.join();
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
