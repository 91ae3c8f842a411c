package org.citustenancy.internal.observing;

import java.util.Map;
import java.util.Set;
import org.citustenancy.internal.sql.AdminSettings;

/**
 * A database as a node has it, seen from outside.
 *
 * @param owner the role that owns it
 * @param allowsConnections whether connections are allowed
 * @param connectionLimit how many sessions it may have at a time; -1 for no limit
 * @param doors the privileges on it by role; PUBLIC is the empty name
 * @param settings the database's settings by name
 * @param roleSettings the settings of roles in it, by role and name
 * @param adminSettings those of the admin among them
 */
public record ObservedDatabase(
        String owner,
        boolean allowsConnections,
        int connectionLimit,
        Map<String, Set<String>> doors,
        Map<String, String> settings,
        Map<String, Map<String, String>> roleSettings,
        Map<String, String> adminSettings) {

    /** The name under which PUBLIC stands in {@link #doors}. */
    public static final String PUBLIC = "";

    /**
     * What a role was granted on the database itself.
     *
     * @param role the role, or {@link #PUBLIC}
     * @return privileges as in {@code CONNECT}
     */
    public Set<String> privilegesOf(String role) {
        return doors.getOrDefault(role, Set.of());
    }

    /**
     * Whether a role may connect.
     *
     * @return true if it owns the database, or CONNECT was granted to it or to PUBLIC
     */
    public boolean letsIn(String role) {
        return allowsConnections
                && (role.equals(owner)
                        || privilegesOf(role).contains("CONNECT")
                        || privilegesOf(PUBLIC).contains("CONNECT"));
    }

    /**
     * Whether the sessions that Citus opens as the admin start with safe settings here, which override the database's own.
     *
     * @return true if the admin has {@link AdminSettings} in the database
     */
    public boolean protectsAdmin() {
        return adminSettings.entrySet().containsAll(AdminSettings.stored().entrySet());
    }

    /**
     * Whether sessions of another role start with the same.
     *
     * @return true if the role has {@link AdminSettings} in the database
     */
    public boolean protects(String role) {
        return roleSettings
                .getOrDefault(role, Map.of())
                .entrySet()
                .containsAll(AdminSettings.stored().entrySet());
    }
}
