package org.citustenancy.internal.provisioning;

import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;

import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.names.LibraryRoles;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RegistryQueries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps maintenance databases and projects apart. A database that belongs to the library's role is a project's, which
 * every observation of the cluster shows. A project's database from an earlier version belongs to the project's owner,
 * and only the registry in another database identifies it.
 */
public final class MaintenanceDatabaseCheck {

    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceDatabaseCheck.class);

    private final Cluster cluster;

    /** Creates a check of the maintenance database of a cluster. */
    public MaintenanceDatabaseCheck(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Throws if this database has no registry and is a project in the registry of another database.
     *
     * @throws ConflictException if it is one
     */
    public void refuseProject() {
        Deadline deadline = cluster.deadline();
        try (Session maintenance = cluster.sessions().maintenance(deadline)) {
            if (maintenance.fetch(RegistryQueries.exists()).isEmpty()) {
                maintenance.fetch(RegistryQueries.candidates(LibraryRoles.OWNER)).stream()
                        .map(row -> row.get(PG_DATABASE.name))
                        .filter(database -> isRegisteredIn(database, deadline))
                        .findFirst()
                        .ifPresent(database -> {
                            throw new ConflictException(
                                    Failure.of("The database is a project: the registry in the database \"" + database
                                                    + "\" has it")
                                            .where(maintenance.place())
                                            .state("nothing was changed")
                                            .fix("connect to the database \"" + database + "\""));
                        });
            }
        }
    }

    private boolean isRegisteredIn(String database, Deadline deadline) {
        try (Session session = cluster.sessions().local(database, deadline)) {
            // A view of a project's owner would run the owner's code.
            return !session.fetch(RegistryQueries.isTheAdmins()).isEmpty()
                    && !session.fetch(RegistryQueries.lists(cluster.maintenanceDatabase()))
                            .isEmpty();
        } catch (OperationInterruptedException interrupted) {
            throw interrupted;
        } catch (CitusTenancyException failure) {
            LOG.debug("The check for a registry in the database \"{}\" failed", database, failure);
            return false;
        }
    }

    /**
     * Throws if a database has a registry, and is therefore the maintenance database of other projects.
     *
     * @param database the database, which is about to become a project or to be copied
     * @throws ConflictException if it has a registry
     */
    public void refuseRegistry(String database) {
        try (Session session = cluster.sessions().local(database, cluster.deadline())) {
            if (!session.fetch(RegistryQueries.isTheAdmins()).isEmpty()) {
                throw new ConflictException(Failure.of("The database \"" + database + "\" has a registry of projects")
                        .where(Place.unknown().in(database))
                        .state("nothing was changed")
                        .fix(
                                "leave it alone if it is a maintenance database; if its registry was made by mistake, drop the "
                                        + "schema citus_tenancy in it, and try again"));
            }
        }
    }
}
