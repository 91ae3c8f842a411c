package org.citustenancy.internal.session;

import org.citustenancy.errors.Place;

/**
 * A server refused a statement. It does not leave this module: whoever knows what the statement was for tells the
 * caller in an exception of the public hierarchy.
 */
public final class ServerErrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final transient Place place;

    /**
     * An error of a server.
     *
     * @param sqlState its code
     * @param message its message, detail and hint
     * @param place where it happened
     */
    public ServerErrorException(String sqlState, String message, Place place) {
        super(message);
        this.sqlState = sqlState;
        this.place = place;
    }

    /**
     * The error's code.
     *
     * @return five characters
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL Error Codes</a>
     */
    public String sqlState() {
        return sqlState;
    }

    /**
     * Where it happened.
     *
     * @return the node and database
     */
    public Place place() {
        return place;
    }
}
