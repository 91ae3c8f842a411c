package org.citustenancy.embedded.internal.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The options that all servers of a fleet share.
 *
 * @param adminPassword the password of {@value #ADMIN_USER}
 * @param access the authentication of clients and nodes
 * @param settings server settings that override the defaults
 * @param directory the parent directory of the files of servers of this machine
 * @param ownIdentifiers whether each server has a system identifier of its own
 * @param startTimeout how long one server may take until it accepts connections
 */
public record FleetOptions(
        String adminPassword,
        AccessRules access,
        Map<String, String> settings,
        Path directory,
        boolean ownIdentifiers,
        Duration startTimeout) {

    /** The superuser of every server. */
    public static final String ADMIN_USER = "postgres";

    public FleetOptions {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * Returns the content of a libpq password file with which servers connect to each other as the admin. It has a line
     * for the admin only: {@code PGPASSWORD} in a server's environment would be sent for every role, to any address
     * that a user makes the server connect to.
     */
    public String passwordFile() {
        return "*:*:*:" + ADMIN_USER + ":" + adminPassword + "\n";
    }

    @Override
    public String toString() {
        return "FleetOptions[access=" + access + ", settings=" + settings + ", directory=" + directory
                + ", startTimeout=" + startTimeout + "]";
    }
}
