package org.citustenancy.spring.internal.definition;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.citustenancy.connection.MaskedUrl;
import org.citustenancy.spring.CitusConnectionDetails;
import org.citustenancy.spring.errors.InvalidPropertiesException;
import org.citustenancy.spring.errors.InvalidProperty;
import org.citustenancy.spring.properties.ClusterProperties;
import org.citustenancy.users.Secret;

/**
 * The cluster of the properties.
 *
 * @param jdbcUrl the URL of the maintenance database
 * @param admin the superuser
 * @param currentPassword returns the superuser's password, which may change; absent if the application does not use the
 * superuser's account
 */
public record PropertiesConnectionDetails(String jdbcUrl, String admin, Optional<Supplier<Secret>> currentPassword)
        implements CitusConnectionDetails {

    private static final int USUAL_PORT = 5432;

    /**
     * Reads the properties. Returns empty if a property is missing or given twice, which is a problem.
     *
     * @param adminIsUsed whether the superuser's password is required
     */
    static Optional<PropertiesConnectionDetails> read(
            Problems problems, ClusterProperties cluster, boolean adminIsUsed) {
        String where = Problems.name("cluster");
        Optional<Supplier<Secret>> password =
                new PasswordReader(problems).read(where, cluster.password(), cluster.passwordFile());
        boolean unset = cluster.password() == null && cluster.passwordFile() == null;
        if (unset && adminIsUsed) {
            problems.add(where + ".password", "is missing", setPassword());
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
        return password.isPresent() || (unset && !adminIsUsed)
                ? Optional.of(new PropertiesConnectionDetails(url(cluster), cluster.admin(), password))
                : Optional.empty();
    }

    private static String setPassword() {
        String property = Problems.name("cluster", "password");
        return "set it (in the environment as " + LikeNames.variable(property) + "), or password-file";
    }

    /**
     * Returns the superuser's password now.
     *
     * @throws InvalidPropertiesException if it is missing, which is valid until something uses the superuser's account
     */
    @Override
    public Secret adminPassword() {
        return currentPassword
                .map(Supplier::get)
                .orElseThrow(() -> new InvalidPropertiesException(List.of(new InvalidProperty(
                        Problems.name("cluster", "password"),
                        "is missing, and the application uses the superuser's account",
                        setPassword()))));
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

    /** Returns the details without the password, and with a masked password in the URL. */
    @Override
    public String toString() {
        return "PropertiesConnectionDetails[jdbcUrl=" + MaskedUrl.of(jdbcUrl) + ", admin=" + admin + "]";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
