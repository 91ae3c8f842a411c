package org.citustenancy.examples.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file system in memory, where there is one. What a database costs is many small files, and how quickly some file systems make
 * those depends on how many were removed before.
 */
final class MemoryDirectory {

    private static final Path MEMORY = Path.of("/dev/shm");

    private MemoryDirectory() {}

    /** The directory, if so much can still be written there. */
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
