package org.citustenancy.spring.internal.definition;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.citustenancy.spring.CitusConnectionDetails;
import org.citustenancy.spring.properties.ClusterProperties;
import org.citustenancy.users.Secret;

/**
 * The cluster of the properties.
 *
 * @param jdbcUrl the maintenance database
 * @param admin the superuser
 * @param adminPassword the superuser's password
 */
public record PropertiesConnectionDetails(String jdbcUrl, String admin, Secret adminPassword)
        implements CitusConnectionDetails {

    private static final int USUAL_PORT = 5432;

    /**
     * Reads the properties.
     *
     * @param cluster what was bound
     * @return the details
     * @throws org.citustenancy.spring.errors.InvalidPropertiesException if something is missing, or there twice
     */
    public static PropertiesConnectionDetails of(ClusterProperties cluster) {
        Problems problems = new Problems();
        String where = Problems.name("cluster");
        Optional<Secret> password =
                new PasswordReader(problems).read(where, cluster.password(), cluster.passwordFile());
        if (cluster.password() == null && cluster.passwordFile() == null) {
            problems.add(where + ".password", "is missing", "set it, or password-file");
        }
        if (cluster.url() == null && cluster.host() == null) {
            problems.add(where + ".host", "is missing", "set it, or url");
        }
        boolean parts = cluster.host() != null
                || cluster.port() != null
                || cluster.database() != null
                || cluster.sslMode() != null;
        if (cluster.url() != null && parts) {
            problems.add(
                    where + ".url",
                    "is there beside host, port, database or ssl-mode, so there is no telling which",
                    "leave one or the others out");
        }
        problems.orThrow();
        return new PropertiesConnectionDetails(url(cluster), cluster.admin(), password.orElseThrow());
    }

    private static String url(ClusterProperties cluster) {
        if (cluster.url() != null) {
            return cluster.url();
        }
        String host = String.valueOf(cluster.host());
        return "jdbc:postgresql://" + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":"
                + (cluster.port() == null ? USUAL_PORT : cluster.port()) + "/"
                + encode(cluster.database() == null ? "postgres" : cluster.database())
                + (cluster.sslMode() == null ? "" : "?sslmode=" + encode(cluster.sslMode()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
