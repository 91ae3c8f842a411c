package org.citustenancy.spring.internal.definition;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.citustenancy.connection.MaskedUrl;
import org.citustenancy.spring.CitusConnectionDetails;
import org.citustenancy.spring.properties.ClusterProperties;
import org.citustenancy.users.Secret;

/**
 * The cluster of the properties.
 *
 * @param jdbcUrl the URL of the maintenance database
 * @param admin the superuser
 * @param adminPassword the superuser's password
 */
public record PropertiesConnectionDetails(String jdbcUrl, String admin, Secret adminPassword)
        implements CitusConnectionDetails {

    private static final int USUAL_PORT = 5432;

    /** Reads the properties. Returns empty if a property is missing or given twice, which is a problem. */
    static Optional<PropertiesConnectionDetails> read(Problems problems, ClusterProperties cluster) {
        String where = Problems.name("cluster");
        Optional<Secret> password =
                new PasswordReader(problems).read(where, cluster.password(), cluster.passwordFile());
        if (cluster.password() == null && cluster.passwordFile() == null) {
            problems.add(
                    where + ".password",
                    "is missing",
                    "set it (in the environment as " + LikeNames.variable(where + ".password") + "), or password-file");
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
        Placeholders placeholders = new Placeholders(problems);
        placeholders.refuseIn(where + ".url", cluster.url());
        placeholders.refuseIn(where + ".host", cluster.host());
        placeholders.refuseIn(where + ".database", cluster.database());
        placeholders.refuseIn(where + ".ssl-mode", cluster.sslMode());
        placeholders.refuseIn(where + ".admin", cluster.admin());
        return password.map(known -> new PropertiesConnectionDetails(url(cluster), cluster.admin(), known));
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

    /** Returns the details with masked passwords, including a password in the URL. */
    @Override
    public String toString() {
        return "PropertiesConnectionDetails[jdbcUrl=" + MaskedUrl.of(jdbcUrl) + ", admin=" + admin + ", adminPassword="
                + adminPassword + "]";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
