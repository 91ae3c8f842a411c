package org.citustenancy.internal.tables.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.citustenancy.tables.TableName;

/**
 * A foreign key. A side that is a partition counts as the table of that partition.
 *
 * @param name its name
 * @param from the table that has it, and its columns
 * @param to the table that it references, and the columns in the same order
 * @param actions what it does when a referenced row changes
 */
record ForeignKey(String name, Side from, Side to, Actions actions) {

    /**
     * One side of a foreign key.
     *
     * @param columns the columns in the order of the key
     */
    record Side(TableName table, List<String> columns) {}

    /**
     * What a foreign key does when a referenced row changes.
     *
     * @param onDelete the letter of the catalog: {@code n} and {@code d} set the columns to null or their default
     * @param onUpdate the letter of the catalog, {@code c} for a cascade
     */
    record Actions(String onDelete, String onUpdate) {

        boolean changesOnDelete() {
            return onDelete.equals("n") || onDelete.equals("d");
        }

        boolean changesOnUpdate() {
            return onUpdate.equals("n") || onUpdate.equals("d") || onUpdate.equals("c");
        }
    }

    boolean referencesItself() {
        return from.table().equals(to.table());
    }

    boolean isOf(TableName table) {
        return from.table().equals(table) || to.table().equals(table);
    }

    /** Returns the column that references a column. */
    Optional<String> columnFor(String referenced) {
        return IntStream.range(0, to.columns().size())
                .filter(place -> to.columns().get(place).equals(referenced))
                .mapToObj(place -> from.columns().get(place))
                .findFirst();
    }

    String inWords() {
        return "the foreign key " + name + " of " + from.table() + " (" + String.join(", ", from.columns()) + ") to "
                + to.table() + " (" + String.join(", ", to.columns()) + ")";
    }
}
