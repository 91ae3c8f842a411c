package org.citustenancy.internal.registry;

import org.citustenancy.errors.CitusUnavailableException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RegistryStatements;
import org.citustenancy.internal.sql.catalog.RegistryVersion;

/** Makes the registry's tables where there are none, and refuses those of a newer library. */
public final class RegistrySchema {

    private RegistrySchema() {}

    /**
     * Makes sure that the registry can be used.
     *
     * @param session a session in the maintenance database
     * @throws CitusUnavailableException if a newer version of this library has made it
     */
    public static void ensure(Session session) {
        if (session.fetch(RegistryStatements.exists()).isEmpty()) {
            try (AdvisoryLock lock = AdvisoryLock.onWhatIsShared(session)) {
                createIfMissing(session);
            }
        }
        checkVersion(session);
    }

    private static void createIfMissing(Session session) {
        if (session.fetch(RegistryStatements.exists()).isEmpty()) {
            session.inTransaction(() -> {
                RegistryStatements.create().forEach(session::execute);
                return true;
            });
        }
    }

    private static void checkVersion(Session session) {
        Integer version =
                session.fetch(RegistryStatements.version()).getValue(0, RegistryVersion.REGISTRY_VERSION.version);
        if (version == null || version > RegistryStatements.VERSION) {
            throw new CitusUnavailableException(Failure.of("The registry in the maintenance database has version "
                            + version + ", and this library knows versions up to " + RegistryStatements.VERSION)
                    .where(session.place())
                    .toDo("use the newer version of this library that made it"));
        }
    }
}
