package org.citustenancy.users;

/**
 * How the nodes let a project's users in when another node connects as one of them, as every distributed query does.
 *
 * @see <a href="https://docs.citusdata.com/en/stable/develop/api_metadata.html">pg_dist_authinfo</a>
 */
public enum NodeAuthentication {
    /** Try it as each user, and write the password into {@code pg_dist_authinfo} where it is needed. */
    DETECT,
    /** Nodes ask for passwords: write each user's into {@code pg_dist_authinfo} on every node. */
    PASSWORD,
    /** Nodes do not ask for passwords (trust, certificates, a password file): write nothing. */
    NONE
}
