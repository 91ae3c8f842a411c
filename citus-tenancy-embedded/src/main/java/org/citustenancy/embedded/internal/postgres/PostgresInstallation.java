package org.citustenancy.embedded.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.citustenancy.embedded.internal.process.Command;

/**
 * An installation of PostgreSQL on this machine.
 *
 * @param bin the directory of {@code postgres} and {@code initdb}
 * @param version the output of {@code postgres --version}, such as {@code 15.14}
 * @param citus the version of Citus that is installed in it, if any
 */
record PostgresInstallation(Path bin, String version, Optional<String> citus) {

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\S+)");
    private static final Pattern CITUS_VERSION = Pattern.compile("default_version\\s*=\\s*'([^']*)'");

    /**
     * Inspects a directory of programs.
     *
     * @return empty if it contains no server that runs
     */
    static Optional<PostgresInstallation> in(Path bin) throws InterruptedException {
        Path postgres = bin.resolve("postgres");
        if (!Files.isExecutable(postgres) || !Files.isExecutable(bin.resolve("initdb"))) {
            return Optional.empty();
        }
        try {
            Command.Outcome outcome =
                    Command.of(postgres.toString(), "--version").run();
            Matcher version = VERSION.matcher(outcome.output());
            if (!outcome.succeeded() || !version.find()) {
                return Optional.empty();
            }
            return Optional.of(new PostgresInstallation(bin, version.group(1), citusVersion(bin, version.group(1))));
        } catch (IOException doesNotRun) {
            return Optional.empty();
        }
    }

    private static Optional<String> citusVersion(Path bin, String version) throws IOException, InterruptedException {
        boolean library = false;
        for (Path directory : directories(bin, "--pkglibdir", libraryGuesses(bin))) {
            library |=
                    Stream.of("citus.so", "citus.dylib").map(directory::resolve).anyMatch(Files::isRegularFile);
        }
        if (!library) {
            return Optional.empty();
        }
        for (Path directory : directories(bin, "--sharedir", shareGuesses(bin, version))) {
            Path control = directory.resolve("extension").resolve("citus.control");
            if (Files.isRegularFile(control)) {
                Matcher citus = CITUS_VERSION.matcher(Files.readString(control));
                return Optional.of(citus.find() ? citus.group(1) : "of unknown version");
            }
        }
        return Optional.empty();
    }

    /** Queries the installation's own pg_config, which some packages deliver separately from the server. */
    private static List<Path> directories(Path bin, String question, List<Path> guesses)
            throws IOException, InterruptedException {
        Path pgConfig = bin.resolve("pg_config");
        if (Files.isExecutable(pgConfig)) {
            Command.Outcome outcome = Command.of(pgConfig.toString(), question).run();
            if (outcome.succeeded()) {
                return List.of(Path.of(outcome.output()));
            }
        }
        return guesses;
    }

    private static List<Path> libraryGuesses(Path bin) {
        Path home = bin.resolveSibling("lib");
        return List.of(home, home.resolve("postgresql"));
    }

    private static List<Path> shareGuesses(Path bin, String version) {
        Path share = bin.resolveSibling("share");
        String major = version.replaceAll("\\D.*", "");
        return List.of(share, share.resolve("postgresql"), Path.of("/usr/share/postgresql", major));
    }

    Path program(String name) {
        return bin.resolve(name);
    }

    /** Describes it for logs and messages. */
    String description() {
        return "PostgreSQL " + version
                + citus.map(known -> " with Citus " + known).orElse(" without Citus") + " in " + bin;
    }
}
