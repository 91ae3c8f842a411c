package org.citustenancy.embedded.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.citustenancy.embedded.internal.fleet.FleetOptions;
import org.citustenancy.embedded.internal.process.Workspace;

/** Creates the data directories of a fleet: {@code initdb} runs once, and every server gets a copy of its result. */
final class DataDirectories {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Workspace workspace;
    private final ServerConfiguration configuration;
    private final Path pristine;

    private DataDirectories(Workspace workspace, ServerConfiguration configuration, Path pristine) {
        this.workspace = workspace;
        this.configuration = configuration;
        this.pristine = pristine;
    }

    static DataDirectories initialize(
            Workspace workspace, PostgresInstallation installation, ServerConfiguration configuration)
            throws IOException, InterruptedException {
        Path directory = workspace.makeDirectory("pristine");
        Path pristine = directory.resolve("data");
        Path password = directory.resolve("password");
        workspace.write(password, configuration.options().adminPassword() + "\n");
        List<String> initdb = new ArrayList<>(List.of(
                installation.program("initdb").toString(),
                "--pgdata=" + pristine,
                "--username=" + FleetOptions.ADMIN_USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-sync"));
        try {
            workspace.run(with(initdb, "--locale=C.UTF-8"), TIMEOUT);
        } catch (IOException failure) {
            if (!String.valueOf(failure.getMessage()).contains("invalid locale name")) {
                throw failure;
            }
            workspace.run(with(initdb, "--locale=C"), TIMEOUT);
        }
        Files.delete(password);
        return new DataDirectories(workspace, configuration, pristine);
    }

    private static List<String> with(List<String> words, String word) {
        List<String> longer = new ArrayList<>(words);
        longer.add(word);
        return longer;
    }

    /** Creates a data directory that does not exist yet. */
    void make(Path data, int port) throws IOException, InterruptedException {
        workspace.run(List.of("cp", "-R", "-p", pristine.toString(), data.toString()), TIMEOUT);
        Files.writeString(data.resolve("postgresql.conf"), configuration.settings(port), StandardOpenOption.APPEND);
        Files.writeString(data.resolve("pg_hba.conf"), configuration.accessRules());
    }

    /** Removes a data directory. */
    void remove(Path data) throws IOException, InterruptedException {
        workspace.run(List.of("rm", "-rf", data.toString()), TIMEOUT);
    }
}
