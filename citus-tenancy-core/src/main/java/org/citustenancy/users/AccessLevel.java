package org.citustenancy.users;

import java.util.Arrays;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/** The access level of a user in a project. */
public enum AccessLevel {
    /** Owns the database, has all privileges in it, and can distribute tables. */
    OWNER("owner"),
    /** Reads and changes rows of current and future tables, but cannot change the schema. */
    READ_WRITE("read-write"),
    /** Reads rows of current and future tables. */
    READ_ONLY("read-only"),
    /** Has access to the named tables only, with the privileges chosen for each. */
    TABLES("tables"),
    /** Has no access and cannot connect; this level removes a user from a project. */
    NONE("none");

    private final String word;

    AccessLevel(String word) {
        this.word = word;
    }

    /**
     * Returns the name of the level in messages and in the registry.
     *
     * @return for example {@code read-only}
     */
    public String word() {
        return word;
    }

    /**
     * Returns the level with the given name.
     *
     * @param word a name that {@link #word()} returns
     * @return the level
     * @throws InvalidRequestException if the level does not exist
     */
    public static AccessLevel of(String word) {
        return Arrays.stream(values())
                .filter(level -> level.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(Failure.of("There is no access level \"" + word + "\"")
                        .fix("use one of owner, read-write, " + "read-only, tables, none")));
    }
}
