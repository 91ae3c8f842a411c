package org.citustenancy.internal.session;

import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.connection.MaskedUrl;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.encoding.PercentEncoding;
import org.citustenancy.users.Secret;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The address of the coordinator for this process: the hosts, ports and driver options of a JDBC URL.
 *
 * @param hosts one or more hosts, separated by commas
 * @param ports as many ports, separated by commas
 * @param maintenanceDatabase the name of the maintenance database
 * @param options the other parameters of the URL, by name
 */
public record CoordinatorAddress(
        String hosts, String ports, String maintenanceDatabase, TreeMap<String, String> options) {

    private static final Pattern CREDENTIALS = Pattern.compile("^[^?]*//[^/?]*@");

    private static final Set<String> NOT_OPTIONS = Set.of(
            PGProperty.PG_HOST.getName(),
            PGProperty.PG_PORT.getName(),
            PGProperty.PG_DBNAME.getName(),
            PGProperty.USER.getName(),
            PGProperty.PASSWORD.getName());

    /**
     * Parses a JDBC URL.
     *
     * @param url a URL in the syntax of pgjdbc
     * @throws InvalidRequestException if the URL is invalid
     */
    public static CoordinatorAddress of(String url) {
        if (CREDENTIALS.matcher(url).find()) {
            throw new InvalidRequestException(Failure.of("\"" + MaskedUrl.of(url)
                            + "\" has a user before the host, which the driver takes for a host")
                    .fix("leave it out of the URL, and give the user and the password beside it"));
        }
        @Nullable Properties parsed = url.startsWith("jdbc:postgresql:") ? Driver.parseURL(url, null) : null;
        if (parsed == null) {
            throw new InvalidRequestException(
                    Failure.of("\"" + MaskedUrl.of(url) + "\" is not a JDBC URL of PostgreSQL")
                            .fix("write it as jdbc:postgresql://host:port/database, with IPv6 addresses in brackets"));
        }
        TreeMap<String, String> options = new TreeMap<>();
        parsed.stringPropertyNames().stream()
                .filter(name -> !NOT_OPTIONS.contains(name))
                .forEach(name -> options.put(name, parsed.getProperty(name)));
        String hosts = String.valueOf(PGProperty.PG_HOST.getOrDefault(parsed));
        if (hosts.contains(",")) {
            // The driver would connect to the first server that answers, which may be a standby.
            options.putIfAbsent(PGProperty.TARGET_SERVER_TYPE.getName(), "primary");
        }
        return new CoordinatorAddress(
                hosts,
                String.valueOf(PGProperty.PG_PORT.getOrDefault(parsed)),
                String.valueOf(parsed.getProperty(PGProperty.PG_DBNAME.getName(), "postgres")),
                options);
    }

    /** Returns the first host, without the brackets of an IPv6 address in a URL. */
    public String host() {
        String first = hosts.split(",", -1)[0];
        return first.startsWith("[") && first.endsWith("]") ? first.substring(1, first.length() - 1) : first;
    }

    /** Returns the first host's port. */
    public int port() {
        return Integer.parseInt(ports.split(",", -1)[0]);
    }

    /**
     * Returns the JDBC URL of a database on the coordinator.
     *
     * @param database the database's name, of any characters
     * @return a URL without credentials
     */
    public String jdbcUrl(String database) {
        String[] allHosts = hosts.split(",", -1);
        String[] allPorts = ports.split(",", -1);
        StringBuilder url = new StringBuilder("jdbc:postgresql://");
        for (int index = 0; index < allHosts.length; index++) {
            String host = allHosts[index];
            url.append(index == 0 ? "" : ",")
                    .append(host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
                    .append(':')
                    .append(allPorts[Math.min(index, allPorts.length - 1)]);
        }
        url.append('/').append(PercentEncoding.encode(database));
        String query = options.entrySet().stream()
                .map(option ->
                        PercentEncoding.encode(option.getKey()) + "=" + PercentEncoding.encode(option.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? url.toString() : url.append('?').append(query).toString();
    }

    /**
     * Returns the connection of a user to a database on the coordinator.
     *
     * @param password the user's password, if it is known
     */
    public ConnectionInfo connection(String database, String user, Optional<Secret> password) {
        return new ConnectionInfo(host(), port(), database, user, password, jdbcUrl(database), options);
    }

    /** Returns the hosts with their ports, for messages. */
    @Override
    public String toString() {
        return (host().contains(":") ? "[" + host() + "]" : host()) + ":" + port();
    }
}
