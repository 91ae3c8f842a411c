package org.citustenancy.internal.registry;

import java.util.OptionalInt;
import org.citustenancy.errors.CitusUnavailableException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RegistryQueries;
import org.citustenancy.internal.sql.RegistryStatements;
import org.citustenancy.internal.sql.catalog.RegistryVersion;

/** Creates the registry's tables if there are none, upgrades older ones, and refuses those of a newer library. */
final class RegistrySchema {

    private RegistrySchema() {}

    /**
     * Ensures that the registry can be used.
     *
     * @param session a session in the maintenance database
     * @throws CitusUnavailableException if a newer version of this library has created it
     */
    static void ensure(Session session) {
        if (!has(session, RegistryStatements.VERSION)) {
            try (AdvisoryLock lock = AdvisoryLock.onGlobalObjects(session)) {
                session.inTransaction(() -> {
                    bringUpToDate(session);
                    return true;
                });
            }
        }
    }

    /**
     * Checks whether the registry exists and has at least a version.
     *
     * @param session a session in the maintenance database
     * @param wanted the version
     * @return false if it is older, or if there is none
     * @throws CitusUnavailableException if it is newer than this library
     */
    static boolean has(Session session, int wanted) {
        OptionalInt version = version(session);
        return version.isPresent() && version.getAsInt() >= wanted;
    }

    /**
     * Returns the registry's version.
     *
     * @param session a session in the maintenance database
     * @return absent if there is none
     * @throws CitusUnavailableException if it is newer than this library
     */
    static OptionalInt version(Session session) {
        OptionalInt version = written(session);
        version.ifPresent(there -> refuseNewer(session, there));
        return version;
    }

    /** Throws if a newer version of this library has created the registry. */
    static void refuseNewer(Session session, int version) {
        if (version > RegistryStatements.VERSION) {
            throw new CitusUnavailableException(Failure.of("The registry in the maintenance database has version "
                            + version + ", and this library knows versions up to " + RegistryStatements.VERSION)
                    .where(session.place())
                    .fix("use the newer version of this library that made it"));
        }
    }

    /**
     * Upgrades the registry. Reads its version again, because another process may have held the lock for the same
     * purpose.
     */
    private static void bringUpToDate(Session session) {
        int from = version(session).orElse(0);
        for (int version = from + 1; version <= RegistryStatements.VERSION; version++) {
            RegistryStatements.upgrade(version).forEach(session::execute);
        }
    }

    private static OptionalInt written(Session session) {
        if (session.fetch(RegistryQueries.exists()).isEmpty()) {
            return OptionalInt.empty();
        }
        Integer version =
                session.fetch(RegistryQueries.version()).getValue(0, RegistryVersion.REGISTRY_VERSION.version);
        return version == null ? OptionalInt.empty() : OptionalInt.of(version);
    }
}
