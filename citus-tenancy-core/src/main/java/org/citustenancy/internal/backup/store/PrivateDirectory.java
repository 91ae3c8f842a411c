package org.citustenancy.internal.backup.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory that only its owner can read. Closing it removes it with all its contents. */
public final class PrivateDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PrivateDirectory.class);
    private static final String PREFIX = "citus-tenancy-";

    private final Path directory;

    private PrivateDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Creates a directory.
     *
     * @param parent its parent, absent for the default directory for temporary files
     */
    public static PrivateDirectory in(Optional<Path> parent) {
        try {
            return new PrivateDirectory(
                    parent.isPresent()
                            ? Files.createTempDirectory(parent.get(), PREFIX)
                            : Files.createTempDirectory(PREFIX));
        } catch (IOException failure) {
            throw BackupDirectory.unwritable(
                    parent.orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir", "."))), failure);
        }
    }

    /**
     * Returns the path.
     *
     * @return the directory
     */
    public Path path() {
        return directory;
    }

    @Override
    public void close() {
        BackupDirectory.existing(directory).clear();
        try {
            Files.delete(directory);
        } catch (IOException failure) {
            LOG.warn("The temporary directory {} could not be removed", directory, failure);
        }
    }
}
