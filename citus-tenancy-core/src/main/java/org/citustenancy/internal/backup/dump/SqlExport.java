package org.citustenancy.internal.backup.dump;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.backup.Backup;
import org.citustenancy.backup.BackupOptions;
import org.citustenancy.errors.BackupException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.backup.store.ArchiveList;
import org.citustenancy.internal.backup.store.BackupDirectory;
import org.citustenancy.internal.backup.store.ChildProcess;
import org.citustenancy.internal.backup.store.PostgresProgram;
import org.citustenancy.internal.backup.store.PrivateDirectory;
import org.citustenancy.internal.backup.store.PrivateFiles;
import org.citustenancy.internal.backup.store.ProgramFinder;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Deadline;

/** Writes a project as one SQL file, through a backup in a temporary directory next to it. */
public final class SqlExport {

    private static final int BUFFER = 1 << 16;

    private final Cluster cluster;
    private final String project;
    private final BackupOptions options;
    private final Deadline deadline;

    /**
     * Creates an export.
     *
     * @param options the options of its backup
     */
    public SqlExport(Cluster cluster, String project, BackupOptions options) {
        this.cluster = cluster;
        this.project = project;
        this.options = options;
        this.deadline = cluster.sessions().deadline(options.deadline());
    }

    /**
     * Writes the export.
     *
     * @param file the file, which does not exist yet
     */
    public void write(Path file) {
        Path target = file.toAbsolutePath();
        refuseTaken(target);
        try (PrivateDirectory temporary = PrivateDirectory.in(Optional.ofNullable(target.getParent()))) {
            Backup backup = new ProjectBackup(cluster, project, options)
                    .into(temporary.path().resolve("backup"));
            BackupDirectory directory = BackupDirectory.existing(backup.directory());
            PostgresProgram program = new ProgramFinder(options.programs(), deadline)
                    .find("pg_restore", backup.manifest().origin().postgresMajor());
            Path unfinished = PrivateFiles.createFile(temporary.path().resolve("whole.sql"));
            try (ArchiveList list = ArchiveList.of(program, directory.schema(), deadline);
                    OutputStream sql = new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER)) {
                Path before = section(program, list, directory, "pre-data", temporary);
                Path after = section(program, list, directory, "post-data", temporary);
                new SqlFile(directory, backup.manifest(), sql).write(before, after);
            }
            BackupDirectory.force(unfinished);
            Files.move(unfinished, target);
        } catch (FileAlreadyExistsException taken) {
            throw taken(target);
        } catch (IOException | UncheckedIOException failure) {
            throw BackupDirectory.unwritable(target, failure);
        }
    }

    private Path section(
            PostgresProgram program, ArchiveList list, BackupDirectory directory, String section, PrivateDirectory to) {
        Path file = privateFile(to.path().resolve(section + ".sql"));
        new ChildProcess(
                        List.of(
                                program.file().toString(),
                                "--section=" + section,
                                list.argument(ArchiveList.Kind.ALL_BUT_CITUS),
                                "--no-owner",
                                "--no-privileges",
                                "--file=" + file,
                                directory.schema().toString()),
                        Map.of())
                .run(deadline);
        return file;
    }

    /** Creates the file for the program, which would otherwise create it readable for other users. */
    private static Path privateFile(Path file) {
        try {
            return PrivateFiles.createFile(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void refuseTaken(Path file) {
        if (Files.exists(file)) {
            throw taken(file);
        }
    }

    private static BackupException taken(Path file) {
        return new BackupException(Failure.of("There is a file " + file + " already")
                .state("nothing was touched")
                .fix("name one that is not there yet"));
    }
}
