package org.citustenancy.backup.dumped;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.tables.TableName;

/**
 * A dump that {@code pg_dump} made in a format that {@code pg_restore} reads (custom, directory or tar), and the
 * distribution of its tables. Tables that are not named stay local. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * DumpedProject dump = DumpedProject.of(Path.of("app.dump"), "app_user")
 *         .distributed("users", "id")
 *         .distributed("orders", "user_id", "users")
 *         .reference("products");
 * Project app = cluster.backups().restore(dump).as("app").create();
 * }</pre>
 *
 * @param archive the file or directory
 * @param owner the user who owns the project and everything in the dump
 * @param tables the distributed tables, in the order in which they are distributed
 * @param references the reference tables
 * @param schemas the distributed schemas
 */
public record DumpedProject(
        Path archive, String owner, List<DumpedTable> tables, List<TableName> references, List<String> schemas) {

    /** Copies the lists, and checks that no table is named twice. */
    public DumpedProject {
        tables = List.copyOf(tables);
        references = List.copyOf(references);
        schemas = List.copyOf(schemas);
        List<TableName> all = Stream.concat(tables.stream().map(DumpedTable::name), references.stream())
                .toList();
        if (all.stream().distinct().count() < all.size()) {
            throw new InvalidRequestException(
                    Failure.of("A table was named twice: " + all).fix("say once how each table is distributed"));
        }
    }

    /**
     * Creates the description of a dump with local tables only.
     *
     * @param archive the file or directory that {@code pg_dump} wrote
     * @param owner the user who owns the project and all objects of the dump; owners and grants in the dump are left
     *     out
     * @return the dump
     */
    public static DumpedProject of(Path archive, String owner) {
        return new DumpedProject(archive, owner, List.of(), List.of(), List.of());
    }

    /**
     * Distributes a table in a colocation group of its own.
     *
     * @param table the table, as {@link TableName#of} reads it
     * @param column the distribution column
     * @return a copy
     */
    public DumpedProject distributed(String table, String column) {
        return with(new DumpedTable(TableName.of(table), column, Optional.empty(), OptionalInt.empty()));
    }

    /**
     * Distributes a table with the given number of shards.
     *
     * @param table the table
     * @param column the distribution column
     * @param shards the number of shards
     * @return a copy
     */
    public DumpedProject distributed(String table, String column, int shards) {
        return with(new DumpedTable(TableName.of(table), column, Optional.empty(), OptionalInt.of(shards)));
    }

    /**
     * Distributes a table colocated with another one.
     *
     * @param table the table
     * @param column the distribution column
     * @param colocatedWith a distributed table that was named before
     * @return a copy
     * @throws InvalidRequestException if that table was not named before
     */
    public DumpedProject distributed(String table, String column, String colocatedWith) {
        TableName partner = TableName.of(colocatedWith);
        if (tables.stream().noneMatch(known -> known.name().equals(partner))) {
            throw new InvalidRequestException(
                    Failure.of("The table " + partner + " is not among the distributed tables that were named before")
                            .fix("name it before those that are colocated with it"));
        }
        return with(new DumpedTable(TableName.of(table), column, Optional.of(partner), OptionalInt.empty()));
    }

    /**
     * Makes a table a reference table, which is copied to every node.
     *
     * @param table the table
     * @return a copy
     */
    public DumpedProject reference(String table) {
        List<TableName> more = new ArrayList<>(references);
        more.add(TableName.of(table));
        return new DumpedProject(archive, owner, tables, more, schemas);
    }

    /**
     * Distributes a schema: places all its tables on one node.
     *
     * @param schema the schema
     * @return a copy
     */
    public DumpedProject distributedSchema(String schema) {
        List<String> more = new ArrayList<>(schemas);
        more.add(schema);
        return new DumpedProject(archive, owner, tables, references, more);
    }

    private DumpedProject with(DumpedTable table) {
        List<DumpedTable> more = new ArrayList<>(tables);
        more.add(table);
        return new DumpedProject(archive, owner, more, references, schemas);
    }
}
