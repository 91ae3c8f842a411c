package org.citustenancy.spring;

import org.citustenancy.users.Secret;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * The connection details of the cluster. A bean of this type replaces {@code citus-tenancy.cluster.url}, {@code host},
 * {@code admin}, {@code password} and their related properties. Testcontainers and Docker Compose provide such beans.
 */
public interface CitusConnectionDetails extends ConnectionDetails {

    /**
     * Returns the URL of the maintenance database on the coordinator.
     *
     * @return a JDBC URL without credentials
     */
    String jdbcUrl();

    /**
     * Returns the superuser that administers the cluster.
     *
     * @return the role's name
     */
    String admin();

    /**
     * Returns the superuser's current password. The starter calls this method again if a server refuses the password.
     *
     * @return the password
     */
    Secret adminPassword();
}
