package org.citustenancy.internal.tables.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.citustenancy.tables.TableName;

/**
 * A foreign key. A side that is a partition counts as the table of that partition.
 *
 * @param name its name and the table or partition that has it
 * @param from the table that has it, and its columns
 * @param to the table that it references, and the columns in the same order
 * @param actions what it does when a referenced row changes
 */
public record ForeignKey(Name name, Side from, Side to, Actions actions) {

    /**
     * The name of a foreign key.
     *
     * @param holder the table or partition that has it
     * @param text its name
     */
    public record Name(TableName holder, String text) {}

    /**
     * One side of a foreign key.
     *
     * @param columns the columns in the order of the key
     */
    public record Side(TableName table, List<String> columns) {}

    /**
     * What a foreign key does when a referenced row changes.
     *
     * @param onDelete the letter of the catalog: {@code n} and {@code d} set the columns to null or their default
     * @param onUpdate the letter of the catalog, {@code c} for a cascade
     * @param deferral when it is checked
     */
    public record Actions(String onDelete, String onUpdate, Deferral deferral) {

        /** Checks whether it changes the referencing columns when the referenced row is deleted. */
        public boolean changesOnDelete() {
            return onDelete.equals("n") || onDelete.equals("d");
        }

        /** Checks whether it changes the referencing columns when the referenced row changes. */
        public boolean changesOnUpdate() {
            return onUpdate.equals("n") || onUpdate.equals("d") || onUpdate.equals("c");
        }
    }

    /** When a foreign key is checked. */
    public enum Deferral {
        NOT_DEFERRABLE,
        DEFERRABLE,
        INITIALLY_DEFERRED
    }

    /** Checks whether both sides are the same table. */
    public boolean referencesItself() {
        return from.table().equals(to.table());
    }

    /** Checks whether a side is a table. */
    public boolean isOf(TableName table) {
        return from.table().equals(table) || to.table().equals(table);
    }

    /** Returns the column that references a column. */
    public Optional<String> columnFor(String referenced) {
        return IntStream.range(0, to.columns().size())
                .filter(place -> to.columns().get(place).equals(referenced))
                .mapToObj(place -> from.columns().get(place))
                .findFirst();
    }

    String inWords() {
        return "the foreign key " + name.text() + " of " + from.table() + " (" + String.join(", ", from.columns())
                + ") to " + to.table() + " (" + String.join(", ", to.columns()) + ")";
    }
}
