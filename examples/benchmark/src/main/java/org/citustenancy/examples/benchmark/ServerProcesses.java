package org.citustenancy.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;

/**
 * The processor time of the servers of a cluster, with all processes that they start. Linux reports it in {@code
 * /proc/<pid>/stat}: of a process in the fields 14 and 15, of its children that have ended in 16 and 17.
 *
 * @param servers the main processes
 */
record ServerProcesses(List<Long> servers) {

    private static final Path PROC = Path.of("/proc");

    /** The first of the four fields with times, counted after the name of the program. */
    private static final int FIRST = 11;

    /** The unit of the fields on Linux, {@code USER_HZ}. */
    private static final double TICKS_PER_SECOND = 100;

    /** Returns the reason why processor time cannot be read here. */
    static Optional<String> whyNot() {
        return Files.isReadable(PROC.resolve("self/stat")) ? Optional.empty() : Optional.of("there is no " + PROC);
    }

    /** Finds the servers of a cluster on this machine. */
    static ServerProcesses of(EmbeddedCluster cluster) throws SQLException {
        List<Long> servers = new ArrayList<>();
        for (EmbeddedNode node : cluster.nodes()) {
            try (Connection session = DriverManager.getConnection(
                            node.jdbcUrl("postgres"), cluster.adminUser(), cluster.adminPassword());
                    ResultSet row = session.createStatement().executeQuery("select pg_backend_pid()")) {
                row.next();
                servers.add(ProcessHandle.of(row.getLong(1))
                        .flatMap(ProcessHandle::parent)
                        .orElseThrow()
                        .pid());
            }
        }
        return new ServerProcesses(List.copyOf(servers));
    }

    /** Returns the processor time since the servers were started, in seconds. */
    double seconds() throws IOException {
        double ticks = 0;
        for (long server : servers) {
            ticks += ticks(server);
            try (Stream<ProcessHandle> children =
                    ProcessHandle.of(server).orElseThrow().children()) {
                for (ProcessHandle child : children.toList()) {
                    ticks += ticks(child.pid());
                }
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** A child that ends between two looks is counted in its server's times by the next one. */
    private static long ticks(long pid) throws IOException {
        try {
            String line = Files.readString(PROC.resolve(pid + "/stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = 0;
            for (int field = FIRST; field < FIRST + 4; field++) {
                ticks += Long.parseLong(fields[field]);
            }
            return ticks;
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }
}
