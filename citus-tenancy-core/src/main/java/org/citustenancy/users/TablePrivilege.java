package org.citustenancy.users;

/**
 * A privilege on a table.
 *
 * @see <a href="https://www.postgresql.org/docs/current/ddl-priv.html">Privileges</a>
 */
public enum TablePrivilege {
    /** Reads rows. */
    SELECT(true),
    /** Inserts rows. */
    INSERT(true),
    /** Updates rows. */
    UPDATE(true),
    /** Deletes rows. */
    DELETE(false),
    /** Deletes all rows at once. */
    TRUNCATE(false),
    /** References rows by foreign keys. */
    REFERENCES(true),
    /** Creates triggers. */
    TRIGGER(false);

    private final boolean forColumns;

    TablePrivilege(boolean forColumns) {
        this.forColumns = forColumns;
    }

    /**
     * Returns whether the privilege can be granted on single columns.
     *
     * @return true for the privileges that PostgreSQL supports on columns
     */
    public boolean isForColumns() {
        return forColumns;
    }
}
