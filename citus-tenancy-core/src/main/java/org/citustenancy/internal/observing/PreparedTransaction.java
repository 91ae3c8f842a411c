package org.citustenancy.internal.observing;

import java.time.Duration;

/**
 * A prepared transaction of a node.
 *
 * @param gid its identifier, which any user may choose freely
 * @param database its database
 * @param owner the role that prepared it
 * @param age its age
 */
public record PreparedTransaction(String gid, String database, String owner, Duration age) {

    private static final String OF_CITUS = "citus_";

    /**
     * Checks whether its name has the format of Citus, whose daemon finishes it.
     *
     * @return false for those of applications
     */
    public boolean isOfCitus() {
        return gid.startsWith(OF_CITUS);
    }
}
