package org.citustenancy.internal.names;

/**
 * The roles that belong to the library on every node. No project's user can have such a name, because {@link
 * Names#user} refuses names that start with {@code citus}.
 */
public final class LibraryRoles {

    /**
     * The role that owns the databases of all projects and templates. It cannot log in and has no members: the owner of
     * a database may change its settings, with which every session in it starts, including those of superusers.
     */
    public static final String OWNER = "citus_tenancy_owner";

    private LibraryRoles() {}
}
