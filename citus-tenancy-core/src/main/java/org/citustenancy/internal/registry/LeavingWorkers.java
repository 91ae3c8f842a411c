package org.citustenancy.internal.registry;

import static org.citustenancy.internal.sql.catalog.RegistryLeavingWorker.REGISTRY_LEAVING_WORKER;

import java.util.Optional;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RegistryLeavingStatements;
import org.citustenancy.internal.sql.RegistryStatements;
import org.citustenancy.topology.Node;

/**
 * The workers whose removal has begun and has not ended. They are no longer registered in the maintenance database, and
 * may still be registered in projects, or have databases of projects.
 */
public final class LeavingWorkers {

    private final Session maintenance;

    /**
     * Creates the access to the leaving workers.
     *
     * @param maintenance a session in the maintenance database
     */
    public LeavingWorkers(Session maintenance) {
        this.maintenance = maintenance;
    }

    /**
     * A worker that is leaving.
     *
     * @param system the system identifier of its server, absent if it did not answer
     */
    public record Leaving(Optional<String> system) {}

    /** Returns the worker at an address, absent if it is not leaving. */
    public Optional<Leaving> find(Node worker) {
        return RegistrySchema.has(maintenance, RegistryStatements.VERSION_OF_LEAVING_WORKERS)
                ? maintenance.fetch(RegistryLeavingStatements.find(worker)).stream()
                        .map(row -> new Leaving(Optional.ofNullable(row.get(REGISTRY_LEAVING_WORKER.system))))
                        .findFirst()
                : Optional.empty();
    }

    /** Saves a worker before the first step of its removal. The registry must exist. */
    public void save(Node worker, Leaving leaving) {
        maintenance.execute(
                RegistryLeavingStatements.save(worker, leaving.system().orElse(null)));
    }

    /** Removes a worker that has left, or that joins again. The registry must exist. */
    public void remove(Node worker) {
        maintenance.execute(RegistryLeavingStatements.remove(worker));
    }
}
