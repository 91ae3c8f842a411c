package org.citustenancy.internal.backup.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and directories that only their owner can read, from their creation on. */
public final class PrivateFiles {

    private PrivateFiles() {}

    /**
     * Makes a directory.
     *
     * @param path the directory, whose parent is there
     * @throws IOException if it cannot be made, or is there already
     */
    public static void createDirectory(Path path) throws IOException {
        Files.createDirectory(path, only(path, "rwx------"));
    }

    /**
     * Makes an empty file.
     *
     * @param path the file
     * @throws IOException if it cannot be made, or is there already
     */
    public static Path createFile(Path path) throws IOException {
        return Files.createFile(path, only(path, "rw-------"));
    }

    /** Nothing where the file system has other permissions than those of POSIX. */
    private static FileAttribute<?>[] only(Path path, String permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
