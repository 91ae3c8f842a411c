package org.citustenancy.embedded.internal.postgres;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.embedded.internal.process.Command;
import org.citustenancy.embedded.internal.process.Executables;

/** The possible locations of PostgreSQL on this machine. */
final class PostgresInstallations {

    private PostgresInstallations() {}

    /**
     * Returns all installations: the one on {@code PATH}, the one that {@code pg_config} names, then those of packages,
     * newest first.
     */
    static List<PostgresInstallation> all() throws InterruptedException {
        List<PostgresInstallation> found = new ArrayList<>();
        for (Path bin : places()) {
            PostgresInstallation.in(bin).ifPresent(found::add);
        }
        return found;
    }

    private static Set<Path> places() throws InterruptedException {
        Set<Path> places = new LinkedHashSet<>();
        Executables path = Executables.onPath();
        Optional<Path> postgres = path.find("postgres");
        if (postgres.isPresent()) {
            resolved(postgres.get()).map(Path::getParent).ifPresent(places::add);
        }
        Optional<Path> pgConfig = path.find("pg_config");
        if (pgConfig.isPresent()) {
            named(pgConfig.get()).flatMap(PostgresInstallations::resolved).ifPresent(places::add);
        }
        places.addAll(packaged(Path.of("/usr/lib/postgresql"), "*"));
        places.addAll(packaged(Path.of("/usr"), "pgsql-*"));
        places.addAll(packaged(Path.of("/opt/homebrew/opt"), "postgresql*"));
        return places;
    }

    private static Optional<Path> named(Path pgConfig) throws InterruptedException {
        try {
            Command.Outcome outcome =
                    Command.of(pgConfig.toString(), "--bindir").run();
            return outcome.succeeded() ? Optional.of(Path.of(outcome.output())) : Optional.empty();
        } catch (IOException doesNotRun) {
            return Optional.empty();
        }
    }

    private static Optional<Path> resolved(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException leadsNowhere) {
            return Optional.empty();
        }
    }

    private static List<Path> packaged(Path parent, String pattern) {
        List<Path> homes = new ArrayList<>();
        if (Files.isDirectory(parent)) {
            try (DirectoryStream<Path> matching = Files.newDirectoryStream(parent, pattern)) {
                matching.forEach(homes::add);
            } catch (IOException unreadable) {
                return List.of();
            }
        }
        homes.sort(Comparator.comparingInt(PostgresInstallations::majorVersion).reversed());
        return homes.stream()
                .map(home -> home.resolve("bin"))
                .flatMap(bin -> resolved(bin).stream())
                .toList();
    }

    private static int majorVersion(Path home) {
        String digits = home.getFileName().toString().replaceAll("^\\D*(\\d{0,4}).*$", "$1");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
