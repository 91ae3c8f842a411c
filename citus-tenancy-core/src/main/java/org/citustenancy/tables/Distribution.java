package org.citustenancy.tables;

import java.util.Optional;
import java.util.OptionalInt;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * How a table is to be distributed. Immutable; each method gives a changed copy.
 *
 * <pre>{@code
 * app.tables().distribute("orders", "user_id", options -> options.colocatedWith("users"));
 * }</pre>
 *
 * @param colocatedWith the table whose rows of the same key are to be on the same node
 * @param alone whether it is to share its nodes' keys with no other table
 * @param shardCount into how many shards it is split
 */
public record Distribution(Optional<TableName> colocatedWith, boolean alone, OptionalInt shardCount) {

    /** As Citus does by default: with other tables of the same type of column, and {@code citus.shard_count} shards. */
    public static final Distribution STANDARD = new Distribution(Optional.empty(), false, OptionalInt.empty());

    /** Checks that the parts fit together. */
    public Distribution {
        if (colocatedWith.isPresent() && (alone || shardCount.isPresent())) {
            throw new ConflictException(Failure.of("A table colocated with " + colocatedWith.get()
                            + " has as many shards as that one, but the request is for "
                            + (alone ? "no colocation" : shardCount.getAsInt() + " shards"))
                    .fix("leave one of the two out"));
        }
        if (shardCount.isPresent() && shardCount.getAsInt() < 1) {
            throw new InvalidRequestException(Failure.of("A table cannot have " + shardCount.getAsInt() + " shards")
                    .fix("give at least 1"));
        }
    }

    /**
     * Rows of the same key are to be on the same node as another table's.
     *
     * @param table the other table, as {@link TableName#of} reads it
     * @return a copy
     */
    public Distribution colocatedWith(String table) {
        return new Distribution(Optional.of(TableName.of(table)), alone, shardCount);
    }

    /**
     * The table is in a colocation group of its own.
     *
     * @return a copy
     */
    public Distribution notColocated() {
        return new Distribution(colocatedWith, true, shardCount);
    }

    /**
     * Into how many shards the table is split.
     *
     * @param shards the number
     * @return a copy
     */
    public Distribution shardCount(int shards) {
        return new Distribution(colocatedWith, alone, OptionalInt.of(shards));
    }
}
