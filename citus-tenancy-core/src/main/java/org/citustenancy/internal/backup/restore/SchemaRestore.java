package org.citustenancy.internal.backup.restore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.citustenancy.internal.backup.program.ChildProcess;
import org.citustenancy.internal.backup.program.LibpqEnvironment;
import org.citustenancy.internal.backup.program.PostgresProgram;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Sessions;

/** Has {@code pg_restore} make the schema, without what every project has already. */
final class SchemaRestore implements AutoCloseable {

    /** Provisioning has created Citus on every node, in an order that a schema does not know. */
    private static final Pattern CITUS =
            Pattern.compile("EXTENSION - citus(_columnar)? |COMMENT - EXTENSION (\")?citus(_columnar)?");

    private final PostgresProgram program;
    private final Path archive;
    private final Map<String, String> environment;
    private final Deadline deadline;
    private final Path list;

    SchemaRestore(PostgresProgram program, Path archive, Sessions sessions, String project, Deadline deadline) {
        this.program = program;
        this.archive = archive;
        this.environment = LibpqEnvironment.of(sessions, project);
        this.deadline = deadline;
        String all = new ChildProcess(List.of(program.file().toString(), "--list", archive.toString()), Map.of())
                .run(deadline);
        try {
            list = Files.createTempFile("citus-tenancy", ".list");
            Files.write(
                    list,
                    all.lines().filter(line -> !CITUS.matcher(line).find()).toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void beforeRows() {
        run("pre-data");
    }

    void afterRows() {
        run("post-data");
    }

    private void run(String section) {
        new ChildProcess(
                        List.of(
                                program.file().toString(),
                                "--section=" + section,
                                "--use-list=" + list,
                                "--exit-on-error",
                                "--no-password",
                                "--dbname=" + environment.getOrDefault("PGDATABASE", ""),
                                archive.toString()),
                        environment)
                .run(deadline);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(list);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
