package org.citustenancy.internal.planning;

/**
 * The order of steps. All of a stage is done before the next begins; within one, the nodes work at the same time, and
 * each does its own steps in the order in which they were planned.
 */
public enum Stage {
    /** Sessions end and no new one is accepted, before a drop. */
    CLOSE(Place.MAINTENANCE),
    /** What would hold a database back is cleared away inside it. */
    CLEAR(Place.PROJECT),
    /** No connection is accepted any more, not even by the daemons of Citus, which start again with every session. */
    SHUT(Place.MAINTENANCE),
    /** Databases go from the workers; while one is left, the coordinator's is the way to what has to be cleared in it. */
    DROP_ON_WORKERS(Place.MAINTENANCE),
    /** The coordinator's database goes. */
    DROP(Place.MAINTENANCE),
    /** Roles and passwords on the coordinator, from which the workers copy them. */
    ROLES(Place.MAINTENANCE),
    /** Roles and passwords on the workers. */
    ROLES_ON_WORKERS(Place.MAINTENANCE),
    /** Databases come. */
    DATABASES(Place.MAINTENANCE),
    /** The admin's sessions in databases that are there already are protected, first on the workers. */
    PROTECTION_ON_WORKERS(Place.MAINTENANCE),

    /** The same on the coordinator, where it says that all nodes are protected. */
    PROTECTION(Place.MAINTENANCE),

    /** Owner, privileges and limits of databases. */
    DOORS(Place.MAINTENANCE),
    /** Citus in the project's database of the coordinator, through which the workers' are reached. */
    CITUS(Place.PROJECT),
    /** Citus in the project's database of the workers. */
    CITUS_ON_WORKERS(Place.PROJECT),
    /** What a new database has in it is written again, without the gaps of its making. */
    COMPACTION(Place.PROJECT),
    /** The project is closed to its users, before Citus may copy reference tables for one of them. */
    CLOSE_TO_USERS(Place.PROJECT),
    /** The nodes are registered in the project's database. */
    NODES(Place.PROJECT),
    /** What nodes believe to be on a worker that has lost it is forgotten. */
    LOST_COPIES(Place.PROJECT),
    /** What the project's users made goes, on the coordinator, from where Citus carries it to the workers. */
    CLEAN(Place.PROJECT),
    /** What the project's users made on the workers alone goes. */
    CLEAN_ON_WORKERS(Place.PROJECT),
    /** Temporary roles that move rows, on the coordinator. */
    ROW_ROLES(Place.PROJECT),
    /** Temporary roles that move rows, on the workers, which fetch them from the coordinator. */
    ROW_ROLES_ON_WORKERS(Place.PROJECT),
    /** Functions of users get their bodies on workers. */
    FUNCTION_BODIES(Place.PROJECT),
    /** Workers are open to users again, as whom Citus creates copies of reference tables. */
    REOPEN_WORKERS(Place.PROJECT),
    /** Reference tables are copied to where they are missing. */
    REFERENCE_COPIES(Place.PROJECT),
    /** The coordinator is open to users again. */
    REOPEN(Place.PROJECT),
    /** Citus gets to know which roles are everywhere. */
    KNOWN_ROLES(Place.PROJECT),
    /** Other extensions. */
    EXTENSIONS(Place.PROJECT),
    /** Privileges inside the database. */
    PRIVILEGES(Place.PROJECT),
    /** Passwords between nodes, on the coordinator. */
    NODE_PASSWORDS(Place.PROJECT),
    /** Passwords between nodes, on the workers. */
    NODE_PASSWORDS_ON_WORKERS(Place.PROJECT),
    /** What a role that goes still has in the project's database is taken away. */
    LAST_PRIVILEGES(Place.PROJECT),
    /** Settings of databases, which hold for the admin's own sessions on the workers too: nothing else comes after them. */
    SETTINGS(Place.MAINTENANCE),
    /** Roles go, last of all. */
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
     * Whether its steps run in the project's database.
     *
     * @return false if they run in the maintenance database
     */
    public boolean runsInProject() {
        return place == Place.PROJECT;
    }

    /**
     * Whether its steps want no session in the project's database.
     *
     * @return true if they shut or drop it
     */
    public boolean leavesProject() {
        return this == SHUT || this == DROP_ON_WORKERS || this == DROP;
    }

    /**
     * Whether its steps touch what projects share, so that only one project at a time may be in it.
     *
     * @return true for roles
     */
    public boolean isGlobal() {
        return this == ROLES || this == ROLES_ON_WORKERS || this == DROP_ROLES;
    }
}
