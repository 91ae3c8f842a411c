package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.constraint;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;

import java.util.List;
import org.citustenancy.internal.shaded.jooq.ConstraintForeignKeyOnStep;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Table;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.tables.TableName;

/**
 * Statements that replace keys and foreign keys, for a migration. The library shows them and does not run them.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-altertable.html">ALTER TABLE</a>
 */
public final class KeyStatements {

    private KeyStatements() {}

    /**
     * What a foreign key references.
     *
     * @param columns the referencing columns
     * @param table the referenced table
     * @param referenced its columns, in the same order
     */
    public record Reference(List<String> columns, TableName table, List<String> referenced) {}

    /**
     * What a foreign key does when a referenced row changes.
     *
     * @param onDelete the letter of {@code pg_constraint.confdeltype}
     * @param onUpdate the letter of {@code pg_constraint.confupdtype}
     * @param deferral what follows in the statement, such as {@code DEFERRABLE}, or an empty text
     */
    public record Behavior(String onDelete, String onUpdate, String deferral) {}

    /** Drops a constraint. */
    public static String dropConstraint(TableName table, String constraint) {
        return Sql.text(DSL.alterTable(table(table)).dropConstraint(name(constraint)));
    }

    /** Drops an index of a table. jOOQ's own statement names no schema. */
    public static String dropIndex(TableName table, String index) {
        return Sql.text(DSL.query("drop index {0}", name(table.schema(), index)));
    }

    /** Adds a primary key. */
    public static String addPrimaryKey(TableName table, String constraint, List<String> columns) {
        return Sql.text(
                DSL.alterTable(table(table)).add(constraint(name(constraint)).primaryKey(fields(columns))));
    }

    /** Adds a unique constraint. */
    public static String addUnique(TableName table, String constraint, List<String> columns) {
        return Sql.text(
                DSL.alterTable(table(table)).add(constraint(name(constraint)).unique(fields(columns))));
    }

    /** Creates a unique index. */
    public static String createUniqueIndex(TableName table, String index, List<String> columns) {
        return Sql.text(DSL.createUniqueIndex(name(index)).on(table(table), List.of(fields(columns))));
    }

    /** Adds a foreign key. */
    public static String addForeignKey(TableName table, String constraint, Reference reference, Behavior behavior) {
        ConstraintForeignKeyOnStep key = constraint(name(constraint))
                .foreignKey(fields(reference.columns()))
                .references(table(reference.table()), fields(reference.referenced()));
        ConstraintForeignKeyOnStep deleting =
                switch (behavior.onDelete()) {
                    case "c" -> key.onDeleteCascade();
                    case "n" -> key.onDeleteSetNull();
                    case "d" -> key.onDeleteSetDefault();
                    case "r" -> key.onDeleteRestrict();
                    default -> key;
                };
        ConstraintForeignKeyOnStep updating =
                switch (behavior.onUpdate()) {
                    case "c" -> deleting.onUpdateCascade();
                    case "n" -> deleting.onUpdateSetNull();
                    case "d" -> deleting.onUpdateSetDefault();
                    case "r" -> deleting.onUpdateRestrict();
                    default -> deleting;
                };
        Query added = DSL.alterTable(table(table)).add(updating);
        return Sql.text(added) + (behavior.deferral().isEmpty() ? "" : " " + behavior.deferral());
    }

    private static Table<?> table(TableName table) {
        return DSL.table(name(table.schema(), table.table()));
    }

    private static Field<?>[] fields(List<String> columns) {
        return columns.stream().map(column -> DSL.field(name(column))).toArray(Field<?>[]::new);
    }
}
