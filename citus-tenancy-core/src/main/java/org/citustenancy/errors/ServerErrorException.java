package org.citustenancy.errors;

/**
 * A server refused a statement. In a plan, the library throws a {@link StepFailedException} with more details instead.
 */
public final class ServerErrorException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final String serverMessage;

    /**
     * Creates an exception for an error of a server.
     *
     * @param sqlState the code of the error
     * @param serverMessage the message, detail and hint of the error
     * @param where where it happened
     */
    public ServerErrorException(String sqlState, String serverMessage, Place where) {
        super(
                Failure.of("The server refused: " + serverMessage + " [" + sqlState + "]")
                        .where(where)
                        .fix("fix the cause and try again"),
                null);
        this.sqlState = sqlState;
        this.serverMessage = serverMessage;
    }

    /**
     * Returns the error code.
     *
     * @return five characters; {@code HY000} (general error) for a worker that was reached through the coordinator,
     *     because the coordinator returns only the message
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL Error Codes</a>
     */
    public String sqlState() {
        return sqlState;
    }

    /**
     * Returns the message of the server.
     *
     * @return the message, detail and hint, without the statement
     */
    public String serverMessage() {
        return serverMessage;
    }
}
