package org.citustenancy.spring;

import org.citustenancy.users.Secret;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the cluster is. A bean of this type takes the place of {@code citus-tenancy.cluster.url}, {@code host},
 * {@code admin}, {@code password} and what belongs to them, as Testcontainers or Docker Compose would provide it.
 */
public interface CitusConnectionDetails extends ConnectionDetails {

    /**
     * The maintenance database on the coordinator.
     *
     * @return a JDBC URL without credentials
     */
    String jdbcUrl();

    /**
     * The superuser that administers the cluster.
     *
     * @return the role's name
     */
    String admin();

    /**
     * The superuser's password.
     *
     * @return the password
     */
    Secret adminPassword();
}
