package org.citustenancy.internal.backup.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.errors.BackupException;
import org.citustenancy.errors.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory with a subdirectory per backup, named by its date. */
public final class SeriesDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(SeriesDirectory.class);

    /** Without colons, which some file systems do not accept. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH-mm-ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Path directory;

    /** Creates a series directory. */
    public SeriesDirectory(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    private record Kept(BackupDirectory backup, BackupManifest manifest) {}

    /** Creates an empty subdirectory that no other backup uses, even if others start at the same time. */
    public Path next() {
        try {
            Files.createDirectories(directory);
            for (Instant date = Instant.now(); ; date = date.plusMillis(1)) {
                Path made = directory.resolve(DATE.format(date));
                try {
                    PrivateFiles.createDirectory(made);
                    return made;
                } catch (FileAlreadyExistsException another) {
                    LOG.debug("Another backup has {}", made, another);
                }
            }
        } catch (FileAlreadyExistsException file) {
            throw new BackupException(
                    Failure.of(directory + " is not a directory")
                            .state("nothing was touched")
                            .fix("name a directory"),
                    file);
        } catch (IOException failure) {
            throw BackupDirectory.unwritable(directory, failure);
        }
    }

    /**
     * Returns the complete backups of a project.
     *
     * @return their directories, the newest first
     */
    public List<Path> whole(String project) {
        return kept(project).stream().map(kept -> kept.backup().path()).toList();
    }

    /**
     * Returns the newest complete backup of a project, if it has a mark and this version of the library has made it.
     *
     * @return its directory
     */
    public Optional<Path> newest(String project, String mark, String writerVersion) {
        return kept(project).stream()
                .findFirst()
                .filter(kept -> kept.manifest().origin().mark().equals(Optional.of(mark)))
                .filter(kept -> kept.manifest().origin().writerVersion().equals(writerVersion))
                .map(kept -> kept.backup().path());
    }

    /**
     * Removes all but the newest complete backups of a project.
     *
     * @param keep how many stay
     * @param made the new backup, which stays regardless of its timestamp
     */
    public void retain(String project, int keep, Path made) {
        kept(project).stream()
                .filter(kept -> !kept.backup().path().equals(made))
                .skip(keep - 1L)
                .forEach(kept -> {
                    kept.backup().remove(kept.manifest());
                    LOG.info(
                            "Removed the backup in {}: the last {} are kept",
                            kept.backup().path(),
                            keep);
                });
    }

    private List<Kept> kept(String project) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Kept> kept = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    add(BackupDirectory.existing(entry), project, kept);
                }
            }
        } catch (IOException | DirectoryIteratorException failure) {
            throw new BackupException(
                    Failure.of(directory + " cannot be read: " + failure)
                            .state("no backup was removed")
                            .fix("check that this process may read it"),
                    failure);
        }
        kept.sort(Comparator.comparing((Kept one) -> one.manifest().origin().madeAt())
                .thenComparing(one -> one.backup().path())
                .reversed());
        return kept;
    }

    /**
     * Adds a backup to the list. A directory without a complete backup of the project is left unchanged, and not
     * counted.
     */
    private static void add(BackupDirectory backup, String project, List<Kept> kept) {
        if (!backup.isComplete()) {
            return;
        }
        try {
            BackupManifest manifest = backup.manifest();
            if (manifest.origin().project().equals(project) && manifest.hasRows() && backup.hasAll(manifest)) {
                kept.add(new Kept(backup, manifest));
            }
        } catch (BackupException damaged) {
            LOG.warn("{} holds no backup that can be read, and is left as it is", backup.path(), damaged);
        }
    }
}
