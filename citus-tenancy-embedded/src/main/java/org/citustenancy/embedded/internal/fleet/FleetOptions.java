package org.citustenancy.embedded.internal.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What all servers of a fleet have in common.
 *
 * @param adminPassword the password of {@value #ADMIN_USER}
 * @param access how clients and nodes prove who they are
 * @param settings server settings that go before every default
 * @param directory where servers of this machine get a directory for their files
 * @param startTimeout how long one server may take until it accepts connections
 */
public record FleetOptions(
        String adminPassword, AccessRules access, Map<String, String> settings, Path directory, Duration startTimeout) {

    /** The superuser of every server. */
    public static final String ADMIN_USER = "postgres";

    public FleetOptions {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * The content of a libpq password file with which servers reach each other as the admin. It has a line for the admin alone:
     * {@code PGPASSWORD} in a server's environment would be sent for every role, to any address that a user has the server
     * connect to.
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
