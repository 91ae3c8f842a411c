package org.citustenancy.users;

import java.util.Arrays;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/** What a user may do in a project. */
public enum AccessLevel {
    /** Owns the database: may do everything in it, and distribute tables. */
    OWNER("owner"),
    /** Reads and changes rows, present and future tables, but no schema. */
    READ_WRITE("read-write"),
    /** Reads rows of present and future tables. */
    READ_ONLY("read-only"),
    /** Only the named tables, with the privileges that were chosen for each. */
    TABLES("tables"),
    /** Nothing, not even to connect: how a user leaves a project. */
    NONE("none");

    private final String word;

    AccessLevel(String word) {
        this.word = word;
    }

    /**
     * The word for it in messages and in the registry.
     *
     * @return for example {@code read-only}
     */
    public String word() {
        return word;
    }

    /**
     * The level of a word.
     *
     * @param word one of the words that {@link #word()} gives
     * @return the level
     * @throws InvalidRequestException if there is no such level
     */
    public static AccessLevel of(String word) {
        return Arrays.stream(values())
                .filter(level -> level.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(Failure.of("There is no access level \"" + word + "\"")
                        .fix("use one of owner, read-write, " + "read-only, tables, none")));
    }
}
