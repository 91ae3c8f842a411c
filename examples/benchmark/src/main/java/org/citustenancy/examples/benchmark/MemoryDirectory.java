package org.citustenancy.examples.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file system in memory, if there is one. The cost of a database consists of many small files. On some file systems,
 * the speed of creating them depends on how many were removed before.
 */
final class MemoryDirectory {

    private static final Path MEMORY = Path.of("/dev/shm");

    private MemoryDirectory() {}

    /** Returns the directory if it has this much free space. */
    static Optional<Path> with(long bytes) {
        try {
            return Files.isDirectory(MEMORY)
                            && Files.isWritable(MEMORY)
                            && Files.getFileStore(MEMORY).getUsableSpace() >= bytes
                    ? Optional.of(MEMORY)
                    : Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
