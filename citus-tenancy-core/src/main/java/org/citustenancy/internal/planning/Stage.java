package org.citustenancy.internal.planning;

/**
 * The stages of a plan, in order. All steps of a stage end before the next stage begins. Within a stage the nodes work
 * at the same time, and each node runs its steps in the order in which they were planned.
 */
public enum Stage {
    /** Ends sessions and refuses new ones, before a drop. */
    CLOSE(Place.MAINTENANCE),
    /** Removes the objects in the database that would prevent its drop. */
    CLEAR(Place.PROJECT),
    /** Refuses all connections, including those of Citus' daemons, which start again with every session. */
    SHUT(Place.MAINTENANCE),
    /** Drops databases on workers. While one is left, the coordinator's database is needed to remove objects in it. */
    DROP_ON_WORKERS(Place.MAINTENANCE),
    /** Drops the coordinator's database. */
    DROP(Place.MAINTENANCE),
    /** Creates roles and passwords on the coordinator, from which the workers copy them. */
    ROLES(Place.MAINTENANCE),
    /** Creates roles and passwords on the workers. */
    ROLES_ON_WORKERS(Place.MAINTENANCE),
    /** Creates databases. */
    DATABASES(Place.MAINTENANCE),
    /** Protects the admin's sessions in existing databases, first on the workers. */
    PROTECTION_ON_WORKERS(Place.MAINTENANCE),

    /** Protects the same on the coordinator, where it shows that all nodes are protected. */
    PROTECTION(Place.MAINTENANCE),

    /** Sets the owner, privileges and limits of databases. */
    DOORS(Place.MAINTENANCE),
    /** Creates Citus in the project's database of the coordinator, through which the workers' databases are reached. */
    CITUS(Place.PROJECT),
    /** Creates Citus in the project's database of the workers. */
    CITUS_ON_WORKERS(Place.PROJECT),
    /** Rewrites the contents of a new database, without the gaps from its creation. */
    COMPACTION(Place.PROJECT),
    /** Closes the project to its users, before Citus may copy reference tables for one of them. */
    CLOSE_TO_USERS(Place.PROJECT),
    /** Registers the nodes in the project's database. */
    NODES(Place.PROJECT),
    /** Removes the placements of a worker that has lost them from the metadata of the nodes. */
    LOST_COPIES(Place.PROJECT),
    /**
     * Removes the objects of the project's users on the coordinator, from which Citus propagates the removal to the
     * workers.
     */
    CLEAN(Place.PROJECT),
    /** Removes the objects that the project's users created on the workers alone. */
    CLEAN_ON_WORKERS(Place.PROJECT),
    /** Creates or drops temporary roles that move rows, on the coordinator. */
    ROW_ROLES(Place.PROJECT),
    /** Creates or drops temporary roles that move rows, on the workers, which fetch them from the coordinator. */
    ROW_ROLES_ON_WORKERS(Place.PROJECT),
    /** Restores the bodies of users' functions on workers. */
    FUNCTION_BODIES(Place.PROJECT),
    /** Opens workers to users again, because Citus creates copies of reference tables as these users. */
    REOPEN_WORKERS(Place.PROJECT),
    /** Copies reference tables to the nodes that lack them. */
    REFERENCE_COPIES(Place.PROJECT),
    /** Opens the coordinator to users again. */
    REOPEN(Place.PROJECT),
    /** Registers in Citus the roles that are present on all nodes. */
    KNOWN_ROLES(Place.PROJECT),
    /** Creates the other extensions. */
    EXTENSIONS(Place.PROJECT),
    /** Changes privileges inside the database. */
    PRIVILEGES(Place.PROJECT),
    /** Sets passwords between nodes, on the coordinator. */
    NODE_PASSWORDS(Place.PROJECT),
    /** Sets passwords between nodes, on the workers. */
    NODE_PASSWORDS_ON_WORKERS(Place.PROJECT),
    /** Revokes the remaining privileges of a dropped role in the project's database. */
    LAST_PRIVILEGES(Place.PROJECT),
    /**
     * Changes settings of databases. They apply to the admin's own sessions on the workers, too, so only the drop of
     * roles follows.
     */
    SETTINGS(Place.MAINTENANCE),
    /** Ends the maintenance daemons of the project, on all nodes at once. */
    SUSPEND(Place.MAINTENANCE),
    /** Starts the maintenance daemons of the project. */
    RESUME(Place.PROJECT),
    /** Changes settings of whole servers. */
    SERVERS(Place.MAINTENANCE),
    /** Drops roles, last of all. */
    DROP_ROLES(Place.MAINTENANCE);

    private enum Place {
        MAINTENANCE,
        PROJECT
    }

    private final Place place;

    Stage(Place place) {
        this.place = place;
    }

    /**
     * Checks whether the steps run in the project's database.
     *
     * @return false if they run in the maintenance database
     */
    public boolean runsInProject() {
        return place == Place.PROJECT;
    }

    /**
     * Checks whether the steps need the project's database without sessions.
     *
     * @return true if they close or drop it
     */
    public boolean leavesProject() {
        return this == SHUT || this == DROP_ON_WORKERS || this == DROP;
    }

    /**
     * Checks whether the steps change what projects share, so that only one project at a time may run them.
     *
     * @return true for roles
     */
    public boolean isGlobal() {
        return this == ROLES || this == ROLES_ON_WORKERS || this == DROP_ROLES;
    }
}
