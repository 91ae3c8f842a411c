package org.citustenancy.spring.properties;

import java.time.Duration;
import org.citustenancy.connection.MaskedUrl;
import org.citustenancy.users.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the cluster is, and which superuser administers it.
 *
 * @param url the JDBC URL of the maintenance database on the coordinator, instead of host, port, database and ssl-mode
 * @param host the coordinator's host
 * @param port the coordinator's port
 * @param database the maintenance database
 * @param sslMode the driver's sslmode, for example verify-full
 * @param admin the superuser
 * @param password the superuser's password
 * @param passwordFile a file with nothing but the superuser's password, for example /run/secrets/citus_admin
 * @param deadline how long an operation on a project may take
 * @param parallelism how many projects are worked on at the same time
 * @param requireCitus whether a server without Citus is refused
 * @param requireCapacity whether a project is refused for which some node has no room
 * @param endSessionsOnRotation whether a change of a password may end the user's sessions that keep it from ending
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

    /** The properties, passwords masked, one that is in the URL too. */
    @Override
    public String toString() {
        return "ClusterProperties[url=" + (url == null ? null : MaskedUrl.of(url)) + ", host=" + host + ", port=" + port
                + ", database=" + database + ", sslMode=" + sslMode + ", admin=" + admin + ", password=" + password
                + ", passwordFile=" + passwordFile + ", deadline=" + deadline + ", parallelism=" + parallelism
                + ", requireCitus=" + requireCitus + ", requireCapacity=" + requireCapacity
                + ", endSessionsOnRotation=" + endSessionsOnRotation + "]";
    }
}
