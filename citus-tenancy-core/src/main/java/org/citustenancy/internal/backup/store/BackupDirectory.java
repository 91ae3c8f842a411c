package org.citustenancy.internal.backup.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.backup.manifest.StoredFile;
import org.citustenancy.errors.BackupException;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.backup.format.ManifestReader;
import org.citustenancy.internal.backup.format.ManifestWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory with a backup, or for one. The backup is complete if the directory contains a manifest. */
public final class BackupDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(BackupDirectory.class);

    private static final String MANIFEST = "manifest.json";
    private static final String DIGEST = "manifest.json.sha256";
    private static final String SCHEMA = "schema.dump";
    private static final String ROWS = "rows";

    private final Path directory;

    private BackupDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Prepares a directory for a new backup, and creates it if it does not exist. Only its owner can read it.
     *
     * @param path the directory
     * @return the directory, which is empty
     * @throws BackupException if it is not empty, or cannot be written
     */
    public static BackupDirectory prepare(Path path) {
        Path absolute = path.toAbsolutePath();
        try {
            make(absolute);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(absolute)) {
                if (files.iterator().hasNext()) {
                    throw new BackupException(Failure.of("The directory " + absolute + " is not empty")
                            .state("nothing was touched")
                            .fix("name one that is empty or not there yet"));
                }
            }
            BackupDirectory prepared = new BackupDirectory(absolute);
            // The directory may be readable for other users.
            PrivateFiles.createDirectory(absolute.resolve(ROWS));
            PrivateFiles.createFile(prepared.schema());
            return prepared;
        } catch (FileAlreadyExistsException file) {
            throw new BackupException(
                    Failure.of(absolute + " is not a directory")
                            .state("nothing was touched")
                            .fix("name a directory"),
                    file);
        } catch (IOException failure) {
            throw unwritable(absolute, failure);
        }
    }

    private static void make(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        PrivateFiles.createDirectory(path);
    }

    /**
     * Opens a directory that has a backup.
     *
     * @param path the directory
     */
    public static BackupDirectory existing(Path path) {
        return new BackupDirectory(path.toAbsolutePath());
    }

    /**
     * Returns the exception for a file that cannot be written.
     *
     * @param failure why
     */
    public static CitusTenancyException unwritable(Path file, Exception failure) {
        Throwable reason =
                failure instanceof UncheckedIOException && failure.getCause() != null ? failure.getCause() : failure;
        if (reason instanceof ClosedByInterruptException) {
            return new OperationInterruptedException(
                    Failure.of("The thread was interrupted while it wrote " + file)
                            .state("nothing that looks like a backup is left there")
                            .fix("run it again"),
                    failure);
        }
        return new BackupException(
                Failure.of(file + " cannot be written: " + reason.getMessage())
                        .state("nothing that looks like a backup is left there")
                        .fix("check that there is room and that this process may write there, and run it again"),
                failure);
    }

    /**
     * Returns the path of the directory.
     *
     * @return the directory
     */
    public Path path() {
        return directory;
    }

    /**
     * Returns the archive of the schema.
     *
     * @return the file
     */
    public Path schema() {
        return directory.resolve(SCHEMA);
    }

    /**
     * Returns the path of a file that a manifest names.
     *
     * @return the file
     * @throws BackupException if it would be outside the directory
     */
    public Path resolve(StoredFile file) {
        Path resolved = directory.resolve(file.path()).normalize();
        if (!resolved.startsWith(directory.normalize())) {
            throw new BackupException(Failure.of("The manifest names a file outside its directory: " + file.path())
                    .state("nothing was touched")
                    .fix("do not restore it"));
        }
        return resolved;
    }

    /**
     * Returns the path of a new file of rows.
     *
     * @param compressed whether it is compressed
     * @return the path, from the directory
     */
    public String rows(int number, boolean compressed) {
        return String.format("%s/%06d.copy%s", ROWS, number, compressed ? ".gz" : "");
    }

    /**
     * Forces a file to the disk, not only to the caches of the operating system.
     *
     * @throws IOException if that fails
     */
    public static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /**
     * Describes a file that was written.
     *
     * @param path its path, from the directory
     * @return its description for the manifest
     */
    public StoredFile stored(Path path) {
        try {
            force(path);
            return new StoredFile(
                    directory.relativize(path).toString().replace('\\', '/'), 0, Files.size(path), DigestFile.of(path));
        } catch (IOException failure) {
            throw unwritable(path, failure);
        }
    }

    /**
     * Completes the backup.
     *
     * @param manifest the manifest
     */
    public void complete(BackupManifest manifest) {
        Path unfinished = directory.resolve(MANIFEST + ".unfinished");
        try {
            Files.writeString(PrivateFiles.createFile(unfinished), ManifestWriter.text(manifest));
            Files.writeString(
                    PrivateFiles.createFile(directory.resolve(DIGEST)),
                    DigestFile.of(unfinished) + "  " + MANIFEST + "\n");
            force(unfinished);
            Files.move(unfinished, directory.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw unwritable(unfinished, failure);
        }
    }

    /**
     * Checks whether the directory has a complete backup.
     *
     * @return true if there is a manifest
     */
    public boolean isComplete() {
        return Files.isRegularFile(directory.resolve(MANIFEST), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Reads the manifest of the backup.
     *
     * @throws BackupException if there is none, or it is damaged or of a newer version
     */
    public BackupManifest manifest() {
        if (!isComplete()) {
            throw new BackupException(
                    Failure.of("There is no manifest in " + directory + ", so there is no backup, or no whole one")
                            .state("nothing was touched")
                            .fix("name the directory of a backup that has ended"));
        }
        Path file = directory.resolve(MANIFEST);
        Path digest = directory.resolve(DIGEST);
        try {
            if (Files.exists(digest) && !Files.readString(digest).startsWith(DigestFile.of(file))) {
                throw new BackupException(Failure.of(
                                file + " is damaged: it has another digest than when it was written")
                        .state("nothing was touched")
                        .fix("restore another backup; if you changed the manifest on purpose, remove " + digest));
            }
            return ManifestReader.read(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new BackupException(
                    Failure.of(file + " cannot be read: " + failure)
                            .state("nothing was touched")
                            .fix("check that this process may read it"),
                    failure);
        }
    }

    /**
     * Checks whether every file exists with its original length.
     *
     * @param manifest the manifest of the backup
     * @return false if one is missing or was truncated
     */
    public boolean hasAll(BackupManifest manifest) {
        try {
            for (StoredFile file : manifest.files()) {
                Path path = resolve(file);
                if (!Files.isRegularFile(path) || Files.size(path) != file.bytes()) {
                    return false;
                }
            }
            return true;
        } catch (IOException failure) {
            throw new BackupException(
                    Failure.of("The files of " + directory + " cannot be looked at: " + failure)
                            .state("nothing was touched")
                            .fix("check that this process may read them"),
                    failure);
        }
    }

    /**
     * Removes a complete backup, the manifest first, so that an incomplete backup never has a manifest. Files that the
     * manifest does not name stay, and the directory with them.
     *
     * @param manifest the manifest of the backup
     */
    public void remove(BackupManifest manifest) {
        List<Path> files = new ArrayList<>(List.of(directory.resolve(MANIFEST), directory.resolve(DIGEST)));
        manifest.files().forEach(file -> files.add(resolve(file)));
        try {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            for (Path emptied : List.of(directory.resolve(ROWS), directory)) {
                if (isEmpty(emptied)) {
                    Files.delete(emptied);
                }
            }
        } catch (IOException failure) {
            throw new BackupException(
                    Failure.of("The backup in " + directory + " cannot be removed: " + failure)
                            .state("some of its files may be gone")
                            .fix("remove the rest of it"),
                    failure);
        }
    }

    private static boolean isEmpty(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            return !files.iterator().hasNext();
        }
    }

    /** Removes all files in the directory. */
    public void clear() {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.filter(file -> !file.equals(directory))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException failure) {
            LOG.warn("What an unfinished backup has left in {} could not be removed", directory, failure);
        }
    }
}
