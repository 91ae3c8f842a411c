package org.citustenancy.internal.observing;

import org.citustenancy.errors.CitusUnavailableException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InsufficientPrivilegeException;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.ClusterQueries;

/**
 * The prerequisites of a server.
 *
 * @param installed whether Citus is installed
 * @param preloaded whether Citus is loaded
 * @param created whether Citus is in the queried database
 * @param port the port of the server
 */
record ServerPrerequisites(boolean installed, boolean preloaded, boolean created, int port) {

    /**
     * Reads the prerequisites. Refuses an admin without the necessary privileges, and a database that belongs to a
     * project.
     */
    static ServerPrerequisites read(Session session) {
        Record row = session.fetch(ClusterQueries.premises()).get(0);
        if (!Boolean.TRUE.equals(row.get(ClusterQueries.SUPERUSER))) {
            throw new InsufficientPrivilegeException(Failure.of("The admin is not a superuser")
                    .where(session.place())
                    .fix("connect as one; Citus lets only superusers register nodes"));
        }
        if (Boolean.TRUE.equals(row.get(ClusterQueries.OF_PROJECT))) {
            throw new ConflictException(
                    Failure.of("The database is a project's or a template's, and no maintenance database")
                            .where(session.place())
                            .state("nothing was changed")
                            .fix("connect to the maintenance database, where the registry of projects is"));
        }
        return new ServerPrerequisites(
                Boolean.TRUE.equals(row.get(ClusterQueries.INSTALLED)),
                Boolean.TRUE.equals(row.get(ClusterQueries.PRELOADED)),
                row.get(ClusterQueries.CITUS) != null,
                row.get(ClusterQueries.PORT));
    }

    /** Refuses a server that cannot create Citus. */
    void requireLoaded(Session session) {
        if (!installed) {
            throw new CitusUnavailableException(Failure.of("The server has no Citus")
                    .where(session.place())
                    .fix(
                            "install Citus for its version of PostgreSQL and set shared_preload_libraries = 'citus', or start "
                                    + "the image citusdata/citus; to develop against plain PostgreSQL, connect with "
                                    + "requireCitus(false)"));
        }
        if (!preloaded) {
            throw new CitusUnavailableException(Failure.of("The server has not loaded Citus")
                    .where(session.place())
                    .fix("put citus first into shared_preload_libraries in postgresql.conf, and restart the server"));
        }
    }
}
