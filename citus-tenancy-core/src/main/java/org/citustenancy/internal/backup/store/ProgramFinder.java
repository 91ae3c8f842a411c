package org.citustenancy.internal.backup.store;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.ProgramException;
import org.citustenancy.internal.session.Deadline;

/** Finds a program in a version that is compatible with a server. */
public final class ProgramFinder {

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    /** The directories in which packages install the programs, with a subdirectory for each version. */
    private static final List<String> PACKAGED =
            List.of("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin");

    private final Optional<Path> given;
    private final Deadline deadline;

    /**
     * Creates a finder.
     *
     * @param given the only directory to search, absent for all usual ones
     * @param deadline the time by which programs must have printed their versions
     */
    public ProgramFinder(Optional<Path> given, Deadline deadline) {
        this.given = given;
        this.deadline = deadline;
    }

    /**
     * Finds a program that is compatible with a server: of the server's own version if there is one, otherwise of the
     * next newer one.
     *
     * @param name the program's name
     * @param serverMajor the server's major version
     * @throws ProgramException if there is none, or only older ones
     */
    public PostgresProgram find(String name, int serverMajor) {
        List<PostgresProgram> found = directories()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .distinct()
                .flatMap(file -> version(file).stream().mapToObj(major -> new PostgresProgram(file, major)))
                .toList();
        return found.stream()
                .filter(program -> program.major() >= serverMajor)
                .min(Comparator.comparingInt(PostgresProgram::major))
                .orElseThrow(() -> missing(name, serverMajor, found));
    }

    private ProgramException missing(String name, int serverMajor, List<PostgresProgram> found) {
        String where = given.map(Path::toString).orElse("the PATH, " + String.join(", ", PACKAGED));
        String what = found.isEmpty()
                ? "There is no " + name + " in " + where
                : "Every " + name + " here is older than the server, which has version " + serverMajor + ": " + found;
        return new ProgramException(Failure.of(what)
                .state("nothing was touched")
                .fix("install the client programs of PostgreSQL " + serverMajor
                        + " or newer, or say in the options where they are"));
    }

    private OptionalInt version(Path file) {
        String text = new ChildProcess(List.of(file.toString(), "--version"), Map.of()).run(deadline);
        Matcher version = VERSION.matcher(text);
        return version.find() ? OptionalInt.of(Integer.parseInt(version.group(1))) : OptionalInt.empty();
    }

    private Stream<Path> directories() {
        if (given.isPresent()) {
            return given.stream();
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                Stream.of(path.split(File.pathSeparator, -1))
                        .filter(part -> !part.isEmpty())
                        .map(Path::of),
                PACKAGED.stream().flatMap(pattern -> matching(pattern).stream()));
    }

    /** Returns the directories that match a pattern with one star, in the name of one directory. */
    private static List<Path> matching(String pattern) {
        int star = pattern.indexOf('*');
        int begin = pattern.lastIndexOf('/', star);
        int end = pattern.indexOf('/', star);
        Path parent = Path.of(pattern.substring(0, begin));
        List<Path> matching = new ArrayList<>();
        if (Files.isDirectory(parent)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(parent, pattern.substring(begin + 1, end))) {
                versions.forEach(version -> matching.add(version.resolve(pattern.substring(end + 1))));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return matching;
    }
}
