package org.citustenancy.internal.registry;

import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RegistryServerStatements;

/** The long-running services of this library that run now in some process. */
public final class LivingServices {

    private LivingServices() {}

    /**
     * Checks whether a service that recovers distributed transactions runs.
     *
     * @param maintenance a session in the maintenance database
     */
    public static boolean recover(Session maintenance) {
        return isAlive(maintenance, RegistryServerStatements.RECOVERY);
    }

    /**
     * Checks whether a service that suspends unused projects runs.
     *
     * @param maintenance a session in the maintenance database
     */
    public static boolean suspend(Session maintenance) {
        return isAlive(maintenance, RegistryServerStatements.AUTOSUSPEND);
    }

    private static boolean isAlive(Session maintenance, String service) {
        return !maintenance.fetch(RegistryServerStatements.exists()).isEmpty()
                && !maintenance.fetch(RegistryServerStatements.alive(service)).isEmpty();
    }
}
