package org.citustenancy.internal.backup.restore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citustenancy.internal.backup.store.ArchiveList;
import org.citustenancy.internal.backup.store.ArchiveList.Kind;
import org.citustenancy.internal.backup.store.ChildProcess;
import org.citustenancy.internal.backup.store.PostgresProgram;
import org.citustenancy.internal.session.Deadline;

/**
 * Creates the schema with {@code pg_restore}, except the objects that every project has already. It connects as a
 * temporary role that is a member of the project's owner, because an archive can contain any statement, including
 * {@code RESET ROLE}. The created objects belong to that role, and to the owner when the role is dropped.
 */
final class SchemaRestore {

    private final PostgresProgram program;
    private final Path archive;
    private final boolean privileges;
    private final Map<String, String> environment;
    private final Deadline deadline;
    private final ArchiveList entries;

    SchemaRestore(
            PostgresProgram program,
            RestoreSource source,
            ArchiveList entries,
            Map<String, String> environment,
            Deadline deadline) {
        this.program = program;
        this.archive = source.archive();
        this.privileges = source.owner().isEmpty();
        this.entries = entries;
        this.environment = environment;
        this.deadline = deadline;
    }

    /** Checks whether it creates a schema, or expects it to exist. */
    boolean makes(String schema) {
        return entries.hasSchema(schema);
    }

    void beforeRows() {
        run("pre-data", 1);
    }

    /** Restores rows, from archives that contain them. */
    void rows(int jobs) {
        run("data", entries.isForJobs() ? jobs : 1);
    }

    void afterRows() {
        run("post-data", 1);
    }

    private void run(String section, int jobs) {
        List<String> command = new ArrayList<>(List.of(
                program.file().toString(),
                "--section=" + section,
                entries.argument(Kind.OWNERS),
                "--exit-on-error",
                "--no-owner",
                "--no-password",
                "--dbname=" + environment.getOrDefault("PGDATABASE", "")));
        if (!privileges) {
            command.add("--no-privileges");
        }
        if (jobs > 1) {
            command.add("--jobs=" + jobs);
        }
        command.add(archive.toString());
        new ChildProcess(command, environment).run(deadline);
    }
}
