package org.citustenancy.errors;

/** A server refused a statement. Inside a plan this becomes a {@link StepFailedException} that says more. */
public final class ServerErrorException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final String serverMessage;

    /**
     * An error of a server.
     *
     * @param sqlState its code
     * @param serverMessage its message, detail and hint
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
     * The error's code.
     *
     * @return five characters; {@code HY000} (general error) where a worker was reached through the coordinator, which passes on
     *     nothing but the message
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL Error Codes</a>
     */
    public String sqlState() {
        return sqlState;
    }

    /**
     * What the server said.
     *
     * @return its message, detail and hint, without the statement
     */
    public String serverMessage() {
        return serverMessage;
    }
}
