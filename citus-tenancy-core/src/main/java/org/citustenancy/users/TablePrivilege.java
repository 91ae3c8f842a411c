package org.citustenancy.users;

/**
 * What may be done with a table.
 *
 * @see <a href="https://www.postgresql.org/docs/current/ddl-priv.html">Privileges</a>
 */
public enum TablePrivilege {
    /** Read rows. */
    SELECT(true),
    /** Add rows. */
    INSERT(true),
    /** Change rows. */
    UPDATE(true),
    /** Take rows away. */
    DELETE(false),
    /** Take all rows away at once. */
    TRUNCATE(false),
    /** Refer to rows by foreign keys. */
    REFERENCES(true),
    /** Attach triggers. */
    TRIGGER(false);

    private final boolean forColumns;

    TablePrivilege(boolean forColumns) {
        this.forColumns = forColumns;
    }

    /**
     * Whether it can be given for single columns.
     *
     * @return true for those that PostgreSQL knows for columns
     */
    public boolean isForColumns() {
        return forColumns;
    }
}
