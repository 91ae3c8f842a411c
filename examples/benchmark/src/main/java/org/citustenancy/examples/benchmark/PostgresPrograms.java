package org.citustenancy.examples.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;

/** PostgreSQL programs that you would run by hand, of the newest installed version. */
final class PostgresPrograms {

    private static final Path PACKAGED = Path.of("/usr/lib/postgresql");

    private final EmbeddedCluster nodes;

    PostgresPrograms(EmbeddedCluster nodes) {
        this.nodes = nodes;
    }

    /** Returns the path of a program. */
    static Optional<Path> find(String name) throws IOException {
        List<Path> directories = new ArrayList<>();
        if (Files.isDirectory(PACKAGED)) {
            try (Stream<Path> versions = Files.list(PACKAGED)) {
                versions.sorted((one, other) -> other.compareTo(one))
                        .forEach(version -> directories.add(version.resolve("bin")));
            }
        }
        for (String part : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            directories.add(Path.of(part));
        }
        return directories.stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a program in a database on the coordinator, and throws an exception if it fails. */
    void run(String database, String name, String... arguments) throws IOException, InterruptedException {
        run(nodes.coordinator(), database, ProcessBuilder.Redirect.INHERIT, name, arguments);
    }

    /** Sends statements to a node with a separate psql, as at a terminal. */
    void psql(EmbeddedNode node, String database, List<String> statements) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-X", "-q", "-v", "ON_ERROR_STOP=1"));
        statements.forEach(statement -> arguments.addAll(List.of("-c", statement)));
        run(node, database, ProcessBuilder.Redirect.DISCARD, "psql", arguments.toArray(new String[0]));
    }

    private void run(
            EmbeddedNode node, String database, ProcessBuilder.Redirect output, String name, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(find(name).orElseThrow().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO().redirectOutput(output);
        builder.environment()
                .putAll(Map.of(
                        "PGHOST", "127.0.0.1",
                        "PGPORT", String.valueOf(node.port()),
                        "PGUSER", nodes.adminUser(),
                        "PGPASSWORD", nodes.adminPassword(),
                        "PGDATABASE", database));
        int ended = builder.start().waitFor();
        if (ended != 0) {
            throw new IllegalStateException(name + " ended with " + ended);
        }
    }
}
