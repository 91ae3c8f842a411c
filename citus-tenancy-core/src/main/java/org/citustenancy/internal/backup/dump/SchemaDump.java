package org.citustenancy.internal.backup.dump;

import java.util.ArrayList;
import java.util.List;
import org.citustenancy.backup.BackupOptions;
import org.citustenancy.backup.manifest.StoredFile;
import org.citustenancy.internal.backup.store.BackupDirectory;
import org.citustenancy.internal.backup.store.ChildProcess;
import org.citustenancy.internal.backup.store.LibpqEnvironment;
import org.citustenancy.internal.backup.store.PostgresProgram;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.session.Sessions;
import org.citustenancy.internal.sql.RegistryQueries;
import org.citustenancy.internal.sql.TableStatements;
import org.citustenancy.tables.TableName;

/** Writes the schema of a snapshot with {@code pg_dump}. */
final class SchemaDump {

    /**
     * The time limit for locks. A session that waits to change a table waits for the backup, which must not wait for
     * that session. The server does not detect that one of the backup's sessions waits for another.
     */
    static final int LOCK_MILLIS = 5000;

    private final PostgresProgram program;
    private final Sessions sessions;
    private final String project;
    private final Deadline deadline;

    SchemaDump(PostgresProgram program, Sessions sessions, String project, Deadline deadline) {
        this.program = program;
        this.sessions = sessions;
        this.project = project;
        this.deadline = deadline;
    }

    StoredFile write(
            BackupDirectory directory, Session seeing, String snapshot, List<TableName> only, BackupOptions options) {
        List<String> command = new ArrayList<>(List.of(
                program.file().toString(),
                "--schema-only",
                "--format=custom",
                "--no-subscriptions",
                "--no-password",
                "--lock-wait-timeout=" + LOCK_MILLIS,
                "--snapshot=" + snapshot,
                "--file=" + directory.schema()));
        if (!options.tables().isEmpty()) {
            only.forEach(table -> command.add("--table=" + TableStatements.quoted(table.schema(), table.table())));
        }
        if (!seeing.fetch(RegistryQueries.isTheAdmins()).isEmpty()) {
            command.add("--exclude-schema=" + RegistryQueries.SCHEMA);
        }
        new ChildProcess(command, LibpqEnvironment.of(sessions, project)).run(deadline);
        return directory.stored(directory.schema());
    }
}
