package org.citustenancy.hikari.errors;

import java.sql.SQLTransientConnectionException;
import org.citustenancy.errors.Failure;
import org.citustenancy.hikari.pool.PoolName;

/**
 * Thrown if a project is not available at the moment, as {@link
 * org.citustenancy.hikari.ProjectPoolsBuilder#availability} decides. The SQLSTATE is {@code 57P03}
 * (cannot_connect_now).
 */
public final class ProjectUnavailableException extends SQLTransientConnectionException {

    private static final long serialVersionUID = 1L;

    private static final String STATE = "57P03";

    /**
     * Creates an exception for the reason.
     *
     * @param pool the pool
     * @param reason the reason; must contain no secret
     */
    public ProjectUnavailableException(PoolName pool, Failure reason) {
        super(
                new Failure(
                                "The project \"" + pool.project() + "\" is not available: " + reason.what(),
                                reason.where(),
                                reason.state(),
                                reason.fix())
                        .toString(),
                STATE);
    }
}
