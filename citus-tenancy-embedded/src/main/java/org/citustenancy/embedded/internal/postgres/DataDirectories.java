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

/**
 * Creates the data directories of a fleet. By default {@code initdb} runs once, and every server gets a copy of its
 * result.
 */
final class DataDirectories {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String STANDBY_SIGNAL = "standby.signal";

    private final Workspace workspace;
    private final PostgresInstallation installation;
    private final ServerConfiguration configuration;
    private final Path passwordFile;
    private final Path pristine;

    private DataDirectories(
            Workspace workspace, PostgresInstallation installation, ServerConfiguration configuration, Path home) {
        this.workspace = workspace;
        this.installation = installation;
        this.configuration = configuration;
        this.passwordFile = home.resolve("password");
        this.pristine = home.resolve("data");
    }

    static DataDirectories initialize(
            Workspace workspace, PostgresInstallation installation, ServerConfiguration configuration)
            throws IOException, InterruptedException {
        Path home = workspace.makeDirectory("pristine");
        DataDirectories directories = new DataDirectories(workspace, installation, configuration, home);
        workspace.write(directories.passwordFile, configuration.options().adminPassword() + "\n");
        if (!configuration.options().ownIdentifiers()) {
            directories.initialize(directories.pristine);
            Files.delete(directories.passwordFile);
        }
        return directories;
    }

    private void initialize(Path data) throws IOException, InterruptedException {
        List<String> initdb = new ArrayList<>(List.of(
                installation.program("initdb").toString(),
                "--pgdata=" + data,
                "--username=" + FleetOptions.ADMIN_USER,
                "--pwfile=" + passwordFile,
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
    }

    private static List<String> with(List<String> words, String word) {
        List<String> longer = new ArrayList<>(words);
        longer.add(word);
        return longer;
    }

    /** Creates a data directory that does not exist yet. */
    void make(Path data, int port) throws IOException, InterruptedException {
        if (configuration.options().ownIdentifiers()) {
            initialize(data);
        } else {
            workspace.run(List.of("cp", "-R", "-p", pristine.toString(), data.toString()), TIMEOUT);
        }
        Files.writeString(data.resolve("postgresql.conf"), configuration.settings(port), StandardOpenOption.APPEND);
        Files.writeString(data.resolve("pg_hba.conf"), configuration.accessRules());
    }

    /** Creates a data directory that does not exist yet as a standby's copy of a running server's. */
    void copy(PostgresServer primary, Path data, int port) throws IOException, InterruptedException {
        workspace.run(
                List.of(
                        installation.program("pg_basebackup").toString(),
                        "--pgdata=" + data,
                        "--dbname=" + primary.replicationParameters(),
                        "--wal-method=stream",
                        "--checkpoint=fast",
                        "--no-sync"),
                TIMEOUT);
        Files.writeString(data.resolve("postgresql.conf"), "port = " + port + "\n", StandardOpenOption.APPEND);
        follow(primary, data);
    }

    /** Makes the server of a data directory a standby from its next start on. */
    void follow(PostgresServer primary, Path data) throws IOException {
        Files.writeString(
                data.resolve("postgresql.conf"),
                "primary_conninfo = '" + primary.replicationParameters() + "'\n",
                StandardOpenOption.APPEND);
        workspace.write(data.resolve(STANDBY_SIGNAL), "");
    }

    /** Promotes the running server of a data directory, if it is a standby. */
    void promote(Path data) throws IOException, InterruptedException {
        if (Files.exists(data.resolve(STANDBY_SIGNAL))) {
            workspace.run(
                    List.of(installation.program("pg_ctl").toString(), "promote", "--wait", "--pgdata=" + data),
                    TIMEOUT);
        }
    }

    /** Removes a data directory. */
    void remove(Path data) throws IOException, InterruptedException {
        workspace.run(List.of("rm", "-rf", data.toString()), TIMEOUT);
    }
}
