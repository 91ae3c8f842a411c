package org.citustenancy.internal.backup.dump;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.citustenancy.backup.manifest.BackedUpSequence;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.backup.manifest.StoredFile;
import org.citustenancy.backup.manifest.TableLayout;
import org.citustenancy.internal.backup.format.LayoutStatements;
import org.citustenancy.internal.backup.store.BackupDirectory;
import org.citustenancy.internal.shaded.jooq.QueryPart;
import org.citustenancy.internal.sql.RestoreStatements;
import org.citustenancy.internal.sql.SnapshotStatements;
import org.citustenancy.internal.sql.Sql;

/** Writes a backup as a script for {@code psql}. */
final class SqlFile {

    private static final String HEAD = """
            -- A project with its rows. Feed it to psql, connected to the database of a new project in which Citus is:
            --     psql --dbname=new_project --file=this_file.sql
            -- It distributes its tables as they were. What it makes belongs to the user that feeds it, who must be the owner of
            -- the project: it runs what the owner of the original has written.
            \\set ON_ERROR_STOP on
            DO $$ BEGIN
              IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user OR rolname = session_user
                  ORDER BY rolsuper DESC LIMIT 1) THEN
                RAISE EXCEPTION 'this file runs code of the project that it was made from: feed it as the owner of the new project, not as a superuser';
              END IF;
            END $$;
            SET citus.enable_ddl_propagation = on;
            SET citus.enable_unsafe_triggers = on;
            """;

    private final BackupDirectory directory;
    private final BackupManifest manifest;
    private final OutputStream target;

    SqlFile(BackupDirectory directory, BackupManifest manifest, OutputStream target) {
        this.directory = directory;
        this.manifest = manifest;
        this.target = target;
    }

    /**
     * Writes the whole script.
     *
     * @param beforeRows the script that creates the tables
     * @param afterRows the script that creates indexes, keys and triggers
     */
    void write(Path beforeRows, Path afterRows) throws IOException {
        text(HEAD);
        Files.copy(beforeRows, target);
        text("\n-- Where the tables lie.\n");
        for (QueryPart statement : LayoutStatements.of(manifest)) {
            statement(statement);
        }
        text("\n-- Rows.\n");
        statement(SnapshotStatements.portableValues());
        for (BackedUpTable table : manifest.tables()) {
            for (StoredFile file : table.files()) {
                rows(table, file);
            }
        }
        text("\n-- How far sequences have come, on this node and on the others that have a part of them.\n");
        manifest.sequences().forEach(this::sequence);
        Files.copy(afterRows, target);
        for (BackedUpTable table : manifest.tables()) {
            if (table.layout() == TableLayout.MANAGED_LOCAL && !table.partition()) {
                statement(RestoreStatements.manageLocalUnlessKnown(table.name()));
            }
        }
        if (manifest.hasRows()) {
            manifest.materializedViews().forEach(view -> statement(RestoreStatements.refresh(view)));
        }
    }

    private void sequence(BackedUpSequence sequence) {
        sequence.lastValues()
                .forEach((group, last) -> statement(
                        group == 0
                                ? RestoreStatements.advance(sequence.name(), last)
                                : RestoreStatements.advanceOnGroup(sequence.name(), group, last)));
    }

    private void rows(BackedUpTable table, StoredFile file) throws IOException {
        statement(SnapshotStatements.copyIn(table.name(), table.columns()));
        try (InputStream stored = Files.newInputStream(directory.resolve(file));
                InputStream rows = file.path().endsWith(".gz") ? new GZIPInputStream(stored, 1 << 16) : stored) {
            rows.transferTo(target);
        }
        text("\\.\n");
    }

    private void statement(QueryPart statement) {
        try {
            text(Sql.text(statement) + ";\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void text(String text) throws IOException {
        target.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
