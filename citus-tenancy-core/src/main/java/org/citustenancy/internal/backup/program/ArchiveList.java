package org.citustenancy.internal.backup.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.tables.TableName;

/** What is in an archive, and a temporary file that says which of it {@code pg_restore} is to make. */
public final class ArchiveList implements AutoCloseable {

    private static final Pattern EXTENSION =
            Pattern.compile("^\\d+; \\d+ \\d+ (?:EXTENSION - |COMMENT - EXTENSION )\"?([^\" ]+)\"? ");

    /** Parallel jobs need to find their way in an archive. */
    private static final Pattern TAR = Pattern.compile("^;\\s+Format: TAR");

    /** Which entries are made. */
    public enum Kind {
        /** All but those of Citus, which provisioning has created on every node, in an order that a schema does not know. */
        ALL_BUT_CITUS,
        /** All but extensions. */
        NO_EXTENSION
    }

    private final Path file;
    private final List<String> lines;

    private ArchiveList(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * Reads the list of an archive.
     *
     * @param program {@code pg_restore}
     * @param archive the archive
     * @param kind which entries are made
     * @param deadline by when it must have been read
     * @return the list
     * @throws org.citustenancy.errors.ProgramException if it is no archive
     */
    public static ArchiveList of(PostgresProgram program, Path archive, Kind kind, Deadline deadline) {
        List<String> lines = new ChildProcess(
                        List.of(program.file().toString(), "--list", archive.toString()), Map.of())
                .run(deadline)
                .lines()
                .toList();
        try {
            Path file = Files.createTempFile("citus-tenancy", ".list");
            Files.write(file, lines.stream().filter(line -> isMade(line, kind)).toList());
            return new ArchiveList(file, lines);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isMade(String line, Kind kind) {
        Matcher extension = EXTENSION.matcher(line);
        return !extension.find() || (kind == Kind.ALL_BUT_CITUS && !isCitus(extension.group(1)));
    }

    private static boolean isCitus(String extension) {
        return extension.equals("citus") || extension.equals("citus_columnar");
    }

    /**
     * The extensions in it.
     *
     * @return their names, those of Citus left out
     */
    public SortedSet<String> extensions() {
        SortedSet<String> extensions = new TreeSet<>();
        lines.forEach(line -> {
            Matcher extension = EXTENSION.matcher(line);
            if (extension.find() && !isCitus(extension.group(1))) {
                extensions.add(extension.group(1));
            }
        });
        extensions.remove("plpgsql");
        return extensions;
    }

    /**
     * Whether a table is in it.
     *
     * @param table its name
     * @return true if there is such an entry
     */
    public boolean hasTable(TableName table) {
        String entry = " TABLE " + table.schema() + " " + table.table() + " ";
        return lines.stream().anyMatch(line -> line.contains(entry));
    }

    /**
     * Whether a schema is in it. It is not where only tables were wanted.
     *
     * @param schema its name
     * @return true if there is such an entry
     */
    public boolean hasSchema(String schema) {
        String entry = " SCHEMA - " + schema + " ";
        return lines.stream().anyMatch(line -> line.contains(entry));
    }

    /**
     * Whether several jobs can read it at the same time.
     *
     * @return false for the tar format
     */
    public boolean isForJobs() {
        return lines.stream().noneMatch(line -> TAR.matcher(line).find());
    }

    /**
     * How {@code pg_restore} is told.
     *
     * @return an argument
     */
    public String argument() {
        return "--use-list=" + file;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
