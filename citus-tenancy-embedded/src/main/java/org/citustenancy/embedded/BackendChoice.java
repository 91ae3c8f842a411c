package org.citustenancy.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citustenancy.embedded.internal.docker.DockerCitus;
import org.citustenancy.embedded.internal.fleet.Provider;
import org.citustenancy.embedded.internal.postgres.LocalCitus;
import org.citustenancy.embedded.internal.postgres.PlainPostgres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The selected backend of a cluster and the reasons for the selection.
 *
 * @param backend the backend
 * @param found the servers that it provides
 * @param passedOver the reasons against the preceding backends, one sentence each
 */
record BackendChoice(Backend backend, Provider.Found found, List<String> passedOver) {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCluster.class);

    /** Returns the first available backend: of the requested ones, if any, otherwise of all. */
    static BackendChoice of(List<Backend> asked, String image) throws InterruptedException {
        List<String> passedOver = new ArrayList<>();
        for (Backend backend : asked.isEmpty() ? List.of(Backend.values()) : asked) {
            try {
                Provider.Found found = provider(backend, image).find();
                LOG.info(
                        "Embedded cluster uses {}{}: {}",
                        backend,
                        !asked.isEmpty() ? ", the requested backend" : "",
                        found.description());
                return new BackendChoice(backend, found, List.copyOf(passedOver));
            } catch (Provider.UnavailableException unavailable) {
                LOG.info("Embedded cluster does not use {}: {}", backend, unavailable.getMessage());
                passedOver.add(backend + ": " + unavailable.getMessage());
            }
        }
        throw new NoBackendException("No server is available for an embedded cluster. "
                + String.join("; ", passedOver) + ". Start Docker, or install PostgreSQL with the Citus extension"
                + (!asked.isEmpty() ? ", or do not request a certain backend" : "") + ".");
    }

    private static Provider provider(Backend backend, String image) {
        return switch (backend) {
            case DOCKER -> new DockerCitus(image);
            case LOCAL -> new LocalCitus();
            case PLAIN -> new PlainPostgres();
        };
    }

    /** Returns the reason why there is no Citus, if there is none. */
    Optional<String> whyNoCitus() {
        if (found.hasCitus()) {
            return Optional.empty();
        }
        return Optional.of(
                passedOver.isEmpty()
                        ? "the requested backend " + backend + " is PostgreSQL without Citus"
                        : String.join("; ", passedOver));
    }
}
