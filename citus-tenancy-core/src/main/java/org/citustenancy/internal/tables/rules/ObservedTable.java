package org.citustenancy.internal.tables.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.tables.TableInfo;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;

/**
 * A table that is no partition, with everything that decides whether it can be distributed. What belongs to one of its
 * partitions belongs to it, too.
 *
 * @param info the table and its distribution
 * @param owner its owner
 * @param traits its properties
 * @param columns its columns
 * @param obstacles its objects that may prevent a distribution
 */
public record ObservedTable(
        TableInfo info, String owner, Set<Trait> traits, List<Column> columns, Obstacles obstacles) {

    /** A property of a table. */
    public enum Trait {
        /** It is local, and in the metadata of Citus because of foreign keys to reference tables. */
        MANAGED,
        /** It is partitioned. */
        PARTITIONED,
        /** One of its partitions is partitioned. */
        NESTED_PARTITIONS,
        /** One of its partitions is in another schema. */
        PARTITIONS_ELSEWHERE,
        /** It inherits from a table, or a table from it. */
        INHERITS
    }

    /**
     * A column.
     *
     * @param type its type, with its collation unless that is the type's own
     * @param generated whether it is computed from others
     * @param hashable whether its type has the operators to distribute by it
     */
    public record Column(String name, String type, boolean generated, boolean hashable) {}

    /**
     * A unique key or an exclusion constraint.
     *
     * @param kind its kind
     * @param columns its columns, an empty text for an expression
     * @param equal the columns by which it separates rows
     * @param form how it is written
     */
    public record Key(String name, KeyKind kind, List<String> columns, List<String> equal, KeyForm form) {}

    /**
     * How a key is written.
     *
     * @param holder the table or partition that has it
     * @param constraint whether it is a constraint, not only an index
     * @param plain whether its columns are all that there is to it: no predicate, expression, operator class, other
     *     columns, storage option or deferral
     */
    public record KeyForm(TableName holder, boolean constraint, boolean plain) {}

    /** The kind of a key. */
    public enum KeyKind {
        PRIMARY,
        UNIQUE,
        EXCLUSION
    }

    /**
     * The objects of a table that may prevent its distribution.
     *
     * @param keys the unique keys and exclusion constraints
     * @param triggers the names of triggers
     * @param policies the names of policies that contain a subquery
     */
    public record Obstacles(List<Key> keys, List<String> triggers, List<String> policies) {}

    /** Returns its name. */
    public TableName name() {
        return info.name();
    }

    /** Checks how it is distributed. */
    public boolean is(TableKind kind) {
        return info.kind() == kind;
    }

    /** Checks a property. */
    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** Returns a column, absent if the table does not have it. */
    public Optional<Column> column(String column) {
        return columns.stream().filter(known -> known.name().equals(column)).findFirst();
    }

    /** Returns the type of a column, empty if the table does not have it. */
    public String type(String column) {
        return column(column).map(Column::type).orElse("");
    }
}
