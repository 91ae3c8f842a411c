package org.citustenancy.tables;

import java.util.Optional;
import java.util.OptionalInt;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * The options for distributing a table. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * app.tables().distribute("orders", "user_id", options -> options.colocatedWith("users"));
 * }</pre>
 *
 * @param colocatedWith the table with which to colocate: rows of the same key are on the same node
 * @param alone whether the table gets a colocation group that no other table shares
 * @param shardCount the number of shards
 */
public record Distribution(Optional<TableName> colocatedWith, boolean alone, OptionalInt shardCount) {

    /**
     * Uses the defaults of Citus: colocation with other tables of the same column type, and {@code citus.shard_count}
     * shards.
     */
    public static final Distribution STANDARD = new Distribution(Optional.empty(), false, OptionalInt.empty());

    /** Checks that the values do not contradict each other. */
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
     * Colocates the table with another one: rows of the same key are on the same node.
     *
     * @param table the other table, as {@link TableName#of} reads it
     * @return a copy
     */
    public Distribution colocatedWith(String table) {
        return new Distribution(Optional.of(TableName.of(table)), alone, shardCount);
    }

    /**
     * Creates a separate colocation group for the table.
     *
     * @return a copy
     */
    public Distribution notColocated() {
        return new Distribution(colocatedWith, true, shardCount);
    }

    /**
     * Sets the number of shards.
     *
     * @param shards the number
     * @return a copy
     */
    public Distribution shardCount(int shards) {
        return new Distribution(colocatedWith, alone, OptionalInt.of(shards));
    }
}
