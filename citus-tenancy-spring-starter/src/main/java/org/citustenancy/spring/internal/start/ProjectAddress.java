package org.citustenancy.spring.internal.start;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.spring.internal.definition.UserDefinition;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Where the projects are: on the coordinator of the maintenance database, without asking it. */
public final class ProjectAddress {

    private static final Set<String> NOT_OPTIONS = Set.of(
            PGProperty.PG_HOST.getName(),
            PGProperty.PG_PORT.getName(),
            PGProperty.PG_DBNAME.getName(),
            PGProperty.USER.getName(),
            PGProperty.PASSWORD.getName());

    private final String[] hosts;
    private final String[] ports;
    private final Map<String, String> options;

    private ProjectAddress(String[] hosts, String[] ports, Map<String, String> options) {
        this.hosts = hosts;
        this.ports = ports;
        this.options = options;
    }

    /**
     * Reads the URL of the maintenance database.
     *
     * @param url as pgjdbc takes it
     * @return the address
     * @throws InvalidRequestException if it is not one
     */
    public static ProjectAddress of(String url) {
        @Nullable Properties parsed = url.startsWith("jdbc:postgresql:") ? Driver.parseURL(url, null) : null;
        if (parsed == null) {
            throw new InvalidRequestException(Failure.of("\"" + url + "\" is not a JDBC URL of PostgreSQL")
                    .toDo("write citus-tenancy.cluster.url as jdbc:postgresql://host:port/database"));
        }
        Map<String, String> options = new TreeMap<>();
        parsed.stringPropertyNames().stream()
                .filter(name -> !NOT_OPTIONS.contains(name))
                .forEach(name -> options.put(name, parsed.getProperty(name)));
        return new ProjectAddress(
                String.valueOf(PGProperty.PG_HOST.getOrDefault(parsed)).split(",", -1),
                String.valueOf(PGProperty.PG_PORT.getOrDefault(parsed)).split(",", -1),
                options);
    }

    /**
     * How a user reaches a database.
     *
     * @param database the database
     * @param user the user
     * @return the connection
     */
    public ConnectionInfo connection(String database, UserDefinition user) {
        return new ConnectionInfo(
                hosts[0].replaceAll("^\\[|\\]$", ""),
                Integer.parseInt(ports[0]),
                database,
                user.name(),
                Optional.of(user.password().orElseThrow()),
                url(database),
                options);
    }

    private String url(String database) {
        StringBuilder url = new StringBuilder("jdbc:postgresql://");
        for (int index = 0; index < hosts.length; index++) {
            String host = hosts[index];
            url.append(index == 0 ? "" : ",")
                    .append(host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
                    .append(':')
                    .append(ports[Math.min(index, ports.length - 1)]);
        }
        url.append('/').append(encode(database));
        String query = options.entrySet().stream()
                .map(option -> encode(option.getKey()) + "=" + encode(option.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? url.toString() : url.append('?').append(query).toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
