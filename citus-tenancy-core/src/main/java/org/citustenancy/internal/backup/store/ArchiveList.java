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

/** What is in an archive, and temporary files that say which of it {@code pg_restore} is to make. */
public final class ArchiveList implements AutoCloseable {

    private static final Pattern EXTENSION =
            Pattern.compile("^\\d+; \\d+ \\d+ (?:EXTENSION - |COMMENT - EXTENSION )\"?([^\" ]+)\"? ");

    /** Parallel jobs need to find their way in an archive. */
    private static final Pattern TAR = Pattern.compile("^;\\s+Format: TAR");

    /** What the library says of extensions and of the schema public is not the archive's to say. */
    private static final Pattern OF_THE_LIBRARY = Pattern.compile(
            "^\\d+; \\d+ \\d+ (?:COMMENT - EXTENSION |(?:COMMENT - |ACL - |SECURITY LABEL - )?SCHEMA (?:- )?public |"
                    + "(?:ACL|COMMENT) pg_catalog )");

    private static final Pattern DEFAULT_PRIVILEGES = Pattern.compile("^\\d+; \\d+ \\d+ DEFAULT ACL ");

    /** What no role but a superuser may make. */
    private static final Pattern OF_SUPERUSERS = Pattern.compile(
            "^\\d+; \\d+ \\d+ ((?:ACCESS METHOD|EVENT TRIGGER|FOREIGN DATA WRAPPER|OPERATOR CLASS|OPERATOR FAMILY|"
                    + "PROCEDURAL LANGUAGE|SUBSCRIPTION|TEXT SEARCH PARSER|TEXT SEARCH TEMPLATE|TRANSFORM) .*)");

    /** Who may execute functions of the system is a matter of each project, and of the version of Citus there. */
    private static final Pattern SYSTEM_PRIVILEGES =
            Pattern.compile("^\\d+; \\d+ \\d+ ACL (?:pg_catalog|citus_internal) FUNCTION ");

    /** Which entries are made. */
    public enum Kind {
        /**
         * All but those of Citus, which provisioning has created on every node, in an order that a schema does not know, and
         * but privileges on functions of the system.
         */
        ALL_BUT_CITUS,
        /** The same without what a project's owner may not do. */
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
     * @param deadline by when it must have been read
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
     * Says who makes the entries of {@link Kind#OWNERS}. Default privileges of other roles are left out.
     *
     * @param role the project's owner
     */
    public void madeBy(String role) {
        owner = role;
    }

    /**
     * What only a superuser may make.
     *
     * @return the entries, as the list of the archive has them
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
     * @return true if there is such an entry
     */
    public boolean hasTable(TableName table) {
        String entry = " TABLE " + table.schema() + " " + table.table() + " ";
        return lines.stream().anyMatch(line -> line.contains(entry));
    }

    /**
     * Whether a schema is in it. It is not where only tables were wanted.
     *
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

    /** The list of entries that {@code pg_restore} is to create. */
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
