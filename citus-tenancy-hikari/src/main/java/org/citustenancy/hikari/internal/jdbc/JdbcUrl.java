package org.citustenancy.hikari.internal.jdbc;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.citustenancy.hikari.nodes.NodeAddress;

/** Creates and formats JDBC URLs. */
public final class JdbcUrl {

    private static final String SUBPROTOCOL = ":postgresql:";

    private JdbcUrl() {}

    /**
     * Returns the URL of a database on a node, for PostgreSQL's own driver.
     *
     * @param database the database's name, of any characters
     * @return a URL without credentials
     */
    public static String of(NodeAddress node, String database) {
        return of(node, database, Map.of(), "jdbc" + SUBPROTOCOL);
    }

    /**
     * Returns the URL of a database on a node.
     *
     * @param database the database's name, of any characters
     * @param options options of the driver
     * @param like another URL, whose drivers it names
     * @return a URL without credentials
     */
    public static String of(NodeAddress node, String database, Map<String, String> options, String like) {
        String host = node.host().contains(":") && !node.host().startsWith("[") ? "[" + node.host() + "]" : node.host();
        String query = new TreeMap<>(options)
                .entrySet().stream()
                        .map(option -> encode(option.getKey()) + "=" + encode(option.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
        return like.substring(0, like.indexOf(SUBPROTOCOL) + SUBPROTOCOL.length()) + "//" + host + ":" + node.port()
                + "/" + encode(database) + (options.isEmpty() ? "" : query);
    }

    /**
     * Returns whether a URL names another driver before PostgreSQL's, such as {@code jdbc:p6spy:postgresql:}. Such a
     * driver wraps the connections of PostgreSQL's driver.
     */
    public static boolean isWrapped(String url) {
        return !url.startsWith("jdbc" + SUBPROTOCOL);
    }

    /** Returns a URL as PostgreSQL's own driver accepts it, without drivers that wrap it. */
    public static String ofPostgres(String url) {
        int at = url.indexOf(SUBPROTOCOL);
        return at < 0 ? url : "jdbc" + url.substring(at);
    }

    /**
     * Returns a URL for messages: without its options, which may contain passwords.
     *
     * @param url the URL
     * @return the part before the options
     */
    public static String shown(String url) {
        int options = url.indexOf('?');
        return options < 0 ? url : url.substring(0, options);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
