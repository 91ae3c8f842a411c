package org.citustenancy.spring.properties;

import java.time.Duration;
import org.citustenancy.connection.MaskedUrl;
import org.citustenancy.users.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The address of the cluster, and the superuser that administers it.
 *
 * @param url the JDBC URL of the maintenance database on the coordinator, instead of host, port, database and ssl-mode
 * @param host the coordinator's host
 * @param port the coordinator's port
 * @param database the maintenance database
 * @param sslMode the driver's sslmode, for example verify-full
 * @param admin the superuser
 * @param password the superuser's password
 * @param passwordFile a file that contains only the superuser's password, for example /run/secrets/citus_admin
 * @param deadline how long an operation on a project may take
 * @param parallelism the number of projects that are processed at the same time
 * @param requireCitus whether a server without Citus is refused
 * @param requireCapacity whether a project is refused if some node lacks the capacity for it
 * @param endSessionsOnRotation whether a password change may end sessions of the user that block it
 */
public record ClusterProperties(
        @Nullable String url,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String database,
        @Nullable String sslMode,
        @DefaultValue("postgres") String admin,
        @Nullable Secret password,
        @Nullable String passwordFile,
        @DefaultValue("5m") Duration deadline,
        @DefaultValue("4") int parallelism,
        @DefaultValue("true") boolean requireCitus,
        @DefaultValue("true") boolean requireCapacity,
        @DefaultValue("true") boolean endSessionsOnRotation) {

    /** Returns the properties with masked passwords, including a password in the URL. */
    @Override
    public String toString() {
        return "ClusterProperties[url=" + (url == null ? null : MaskedUrl.of(url)) + ", host=" + host + ", port=" + port
                + ", database=" + database + ", sslMode=" + sslMode + ", admin=" + admin + ", password=" + password
                + ", passwordFile=" + passwordFile + ", deadline=" + deadline + ", parallelism=" + parallelism
                + ", requireCitus=" + requireCitus + ", requireCapacity=" + requireCapacity
                + ", endSessionsOnRotation=" + endSessionsOnRotation + "]";
    }
}
