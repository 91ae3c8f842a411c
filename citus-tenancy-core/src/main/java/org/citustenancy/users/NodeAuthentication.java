package org.citustenancy.users;

/**
 * How the nodes authenticate a project's users when another node connects as one of them. Every distributed query
 * requires such a connection.
 *
 * @see <a href="https://docs.citusdata.com/en/stable/develop/api_metadata.html">pg_dist_authinfo</a>
 */
public enum NodeAuthentication {
    /**
     * The library tests the connection as each user, and writes the password into {@code pg_dist_authinfo} if it is
     * needed.
     */
    DETECT,
    /** Nodes require passwords: the library writes each user's password into {@code pg_dist_authinfo} on every node. */
    PASSWORD,
    /** Nodes do not require passwords (trust, certificates, a password file): the library writes none. */
    NONE
}
