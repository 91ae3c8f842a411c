package org.citustenancy.embedded.internal.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds programs on a search path such as {@code PATH}. */
public final class Executables {

    private final List<Path> directories;

    private Executables(List<Path> directories) {
        this.directories = List.copyOf(directories);
    }

    /** Returns the programs on the {@code PATH} of this JVM. */
    public static Executables onPath() {
        String path = System.getenv("PATH");
        return on(path == null ? "" : path);
    }

    /** Returns the programs on the given path; entries that are not absolute directories are ignored. */
    public static Executables on(String path) {
        return new Executables(Arrays.stream(path.split(File.pathSeparator, -1))
                .flatMap(entry -> directory(entry).stream())
                .toList());
    }

    private static Optional<Path> directory(String entry) {
        try {
            Path directory = Path.of(entry);
            return directory.isAbsolute() && Files.isDirectory(directory) ? Optional.of(directory) : Optional.empty();
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }

    /** Returns the first program of that name. */
    public Optional<Path> find(String name) {
        return directories.stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::isRegularFile)
                .filter(Files::isExecutable)
                .findFirst();
    }
}
