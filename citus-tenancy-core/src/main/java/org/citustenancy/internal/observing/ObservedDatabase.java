package org.citustenancy.internal.observing;

import java.util.Map;
import java.util.Set;
import org.citustenancy.internal.sql.AdminSettings;

/**
 * The observed state of a database on a node, from outside.
 *
 * @param owner the role that owns it
 * @param allowsConnections whether connections are allowed
 * @param connectionLimit how many sessions it may have at a time; -1 for no limit
 * @param doors the privileges on it by role; PUBLIC is the empty name
 * @param settings the database's settings by name
 * @param roleSettings the settings of roles in it, by role and name
 * @param adminSettings the admin's settings among them
 */
public record ObservedDatabase(
        String owner,
        boolean allowsConnections,
        int connectionLimit,
        Map<String, Set<String>> doors,
        Map<String, String> settings,
        Map<String, Map<String, String>> roleSettings,
        Map<String, String> adminSettings) {

    /** The name of PUBLIC in {@link #doors}. */
    public static final String PUBLIC = "";

    /**
     * Returns the privileges of a role on the database itself.
     *
     * @param role the role, or {@link #PUBLIC}
     * @return privileges such as {@code CONNECT}
     */
    public Set<String> privilegesOf(String role) {
        return doors.getOrDefault(role, Set.of());
    }

    /**
     * Checks whether a role may connect.
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
     * Checks whether the sessions that Citus opens as the admin start with safe settings on this node, which override
     * the database's own.
     *
     * @return true if the admin has {@link AdminSettings} in the database
     */
    public boolean protectsAdmin() {
        return adminSettings.entrySet().containsAll(AdminSettings.stored().entrySet());
    }

    /**
     * Checks whether sessions of another role start with the same settings.
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
