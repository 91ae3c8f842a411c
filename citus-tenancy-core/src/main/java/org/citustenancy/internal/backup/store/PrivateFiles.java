package org.citustenancy.internal.backup.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Creates files and directories that only their owner can read, from their creation on. */
public final class PrivateFiles {

    private PrivateFiles() {}

    /**
     * Creates a directory.
     *
     * @param path the directory, whose parent exists
     * @throws IOException if it cannot be created, or exists already
     */
    public static void createDirectory(Path path) throws IOException {
        Files.createDirectory(path, only(path, "rwx------"));
    }

    /**
     * Creates an empty file.
     *
     * @param path the file
     * @throws IOException if it cannot be created, or exists already
     */
    public static Path createFile(Path path) throws IOException {
        return Files.createFile(path, only(path, "rw-------"));
    }

    /** Returns the permissions as attributes, none if the file system has no POSIX permissions. */
    private static FileAttribute<?>[] only(Path path, String permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
