package org.citustenancy.internal.backup.restore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.internal.backup.program.ArchiveList;
import org.citustenancy.internal.backup.program.ArchiveList.Kind;
import org.citustenancy.internal.backup.program.ChildProcess;
import org.citustenancy.internal.backup.program.PostgresProgram;
import org.citustenancy.internal.session.Deadline;

/** Has {@code pg_restore} make the schema, without what every project has already. */
final class SchemaRestore {

    private final PostgresProgram program;
    private final Path archive;
    private final Optional<String> owner;
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
        this.owner = source.owner();
        this.entries = entries;
        this.environment = environment;
        this.deadline = deadline;
    }

    /** Whether it makes a schema, or expects it. */
    boolean makes(String schema) {
        return entries.hasSchema(schema);
    }

    void beforeRows() {
        if (owner.isPresent()) {
            // The owner may not be allowed to make extensions, which may lie in schemas.
            run("pre-data", Kind.SCHEMAS, owner, 1);
            run("pre-data", Kind.EXTENSIONS, Optional.empty(), 1);
        }
        run("pre-data", rest(), owner, 1);
    }

    /** For archives that have rows. */
    void rows(int jobs) {
        run("data", rest(), owner, entries.isForJobs() ? jobs : 1);
    }

    void afterRows() {
        run("post-data", rest(), owner, 1);
    }

    private Kind rest() {
        return owner.isPresent() ? Kind.REST : Kind.ALL_BUT_CITUS;
    }

    private void run(String section, Kind kind, Optional<String> role, int jobs) {
        List<String> command = new ArrayList<>(List.of(
                program.file().toString(),
                "--section=" + section,
                entries.argument(kind),
                "--exit-on-error",
                "--no-password",
                "--dbname=" + environment.getOrDefault("PGDATABASE", "")));
        if (owner.isPresent()) {
            command.addAll(List.of("--no-owner", "--no-privileges"));
        }
        role.ifPresent(name -> command.add("--role=" + name));
        if (jobs > 1) {
            command.add("--jobs=" + jobs);
        }
        command.add(archive.toString());
        new ChildProcess(command, environment).run(deadline);
    }
}
