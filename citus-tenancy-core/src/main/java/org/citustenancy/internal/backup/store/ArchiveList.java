package org.citustenancy.internal.backup.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.tables.TableName;

/** Reads the list of an archive, and writes temporary files with the entries that {@code pg_restore} creates. */
public final class ArchiveList implements AutoCloseable {

    private static final Pattern EXTENSION =
            Pattern.compile("^\\d+; \\d+ \\d+ (?:EXTENSION - |COMMENT - EXTENSION )\"?([^\" ]+)\"? ");

    /** Parallel jobs need random access to an archive. */
    private static final Pattern TAR = Pattern.compile("^;\\s+Format: TAR");

    /**
     * Entries for comments of extensions and for the schema public, which the library defines instead of the archive.
     */
    private static final Pattern OF_THE_LIBRARY = Pattern.compile(
            "^\\d+; \\d+ \\d+ (?:COMMENT - EXTENSION |(?:COMMENT - |ACL - |SECURITY LABEL - )?SCHEMA (?:- )?public |"
                    + "(?:ACL|COMMENT) pg_catalog )");

    private static final Pattern DEFAULT_PRIVILEGES = Pattern.compile("^\\d+; \\d+ \\d+ DEFAULT ACL ");

    /** The entries that only a superuser may create. */
    private static final Pattern OF_SUPERUSERS = Pattern.compile(
            "^\\d+; \\d+ \\d+ ((?:ACCESS METHOD|EVENT TRIGGER|FOREIGN DATA WRAPPER|OPERATOR CLASS|OPERATOR FAMILY|"
                    + "PROCEDURAL LANGUAGE|SUBSCRIPTION|TEXT SEARCH PARSER|TEXT SEARCH TEMPLATE|TRANSFORM) .*)");

    /** The privileges on functions of the system depend on each project, and on its version of Citus. */
    private static final Pattern SYSTEM_PRIVILEGES =
            Pattern.compile("^\\d+; \\d+ \\d+ ACL (?:pg_catalog|citus_internal) FUNCTION ");

    /** The selection of entries to create. */
    public enum Kind {
        /**
         * All entries except those of Citus, which provisioning has created on every node, in an order that a schema
         * does not contain, and except privileges on functions of the system.
         */
        ALL_BUT_CITUS,
        /** The same without the entries that a project's owner may not create. */
        OWNERS
    }

    private final List<String> lines;
    private String owner = "";
    private final Map<Kind, Path> files = new EnumMap<>(Kind.class);

    private ArchiveList(List<String> lines) {
        this.lines = lines;
    }

    /**
     * Reads the list of an archive.
     *
     * @param program {@code pg_restore}
     * @param deadline the time by which it must have been read
     * @throws org.citustenancy.errors.ProgramException if it is no archive
     */
    public static ArchiveList of(PostgresProgram program, Path archive, Deadline deadline) {
        return new ArchiveList(
                new ChildProcess(List.of(program.file().toString(), "--list", archive.toString()), Map.of())
                        .run(deadline)
                        .lines()
                        .toList());
    }

    private boolean isMade(String line, Kind kind) {
        if (SYSTEM_PRIVILEGES.matcher(line).find()) {
            return false;
        }
        Matcher extension = EXTENSION.matcher(line);
        if (extension.find() && isCitus(extension.group(1))) {
            return false;
        }
        return kind == Kind.ALL_BUT_CITUS
                || (!OF_THE_LIBRARY.matcher(line).find()
                        && (!DEFAULT_PRIVILEGES.matcher(line).find() || line.endsWith(" " + owner)));
    }

    /**
     * Sets the role that creates the entries of {@link Kind#OWNERS}. Default privileges of other roles are left out.
     *
     * @param role the project's owner
     */
    public void madeBy(String role) {
        owner = role;
    }

    /**
     * Returns the entries that only a superuser may create.
     *
     * @return the entries, as in the list of the archive
     */
    public List<String> ofSuperusers() {
        return lines.stream()
                .map(OF_SUPERUSERS::matcher)
                .filter(Matcher::find)
                .map(entry -> entry.group(1))
                .toList();
    }

    private static boolean isCitus(String extension) {
        return extension.equals("citus") || extension.equals("citus_columnar");
    }

    /**
     * Returns the extensions in the archive.
     *
     * @return their names, without those of Citus
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
     * Checks whether a table is in the archive.
     *
     * @return true if there is such an entry
     */
    public boolean hasTable(TableName table) {
        String entry = " TABLE " + table.schema() + " " + table.table() + " ";
        return lines.stream().anyMatch(line -> line.contains(entry));
    }

    /**
     * Checks whether a schema is in the archive. It is absent if only tables were dumped.
     *
     * @return true if there is such an entry
     */
    public boolean hasSchema(String schema) {
        String entry = " SCHEMA - " + schema + " ";
        return lines.stream().anyMatch(line -> line.contains(entry));
    }

    /**
     * Checks whether several jobs can read the archive at the same time.
     *
     * @return false for the tar format
     */
    public boolean isForJobs() {
        return lines.stream().noneMatch(line -> TAR.matcher(line).find());
    }

    /** Returns the list of entries that {@code pg_restore} creates. */
    public String argument(Kind kind) {
        return "--use-list=" + files.computeIfAbsent(kind, this::write);
    }

    private Path write(Kind kind) {
        try {
            Path file = Files.createTempFile("citus-tenancy", ".list");
            Files.write(file, lines.stream().filter(line -> isMade(line, kind)).toList());
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            for (Path file : files.values()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
