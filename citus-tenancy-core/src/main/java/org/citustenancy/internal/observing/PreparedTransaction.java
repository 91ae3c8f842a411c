package org.citustenancy.internal.observing;

import java.time.Duration;

/**
 * A prepared transaction of a node.
 *
 * @param gid its identifier, of which any user may choose any
 * @param database in which database
 * @param owner who has prepared it
 * @param age how long ago
 */
public record PreparedTransaction(String gid, String database, String owner, Duration age) {

    private static final String OF_CITUS = "citus_";

    /**
     * Whether its name is one that Citus gives, and its daemon ends.
     *
     * @return false for those of applications
     */
    public boolean isOfCitus() {
        return gid.startsWith(OF_CITUS);
    }
}
