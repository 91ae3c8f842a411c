package org.citustenancy.hikari.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.hikari.internal.jdbc.JdbcUrl;
import org.citustenancy.hikari.nodes.NodeAddress;
import org.citustenancy.users.Secret;

/**
 * Reads connections from the guide's variables: {@code DB_HOST}, {@code DB_PORT} (5432 by default), {@code DB_NAME},
 * {@code DB_USER} and {@code DB_PASSWORD}, without a prefix or with one per project.
 *
 * <pre>{@code
 * ConnectionInfo app = ConnectionVariables.ofProcess().connection();                       // DB_NAME, ...
 * ConnectionInfo analytics = ConnectionVariables.ofProcess().connection("ANALYTICS_");     // ANALYTICS_DB_NAME, ...
 * ConnectionInfo staging = ConnectionVariables.ofFile(Path.of(".env")).connection();
 * }</pre>
 */
public final class ConnectionVariables {

    private static final int DEFAULT_PORT = 5432;

    private final Map<String, String> variables;

    private ConnectionVariables(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /**
     * Returns the environment variables of this process.
     *
     * @return its variables
     */
    public static ConnectionVariables ofProcess() {
        return new ConnectionVariables(System.getenv());
    }

    /**
     * Returns variables from a map.
     *
     * @param variables the variables by name
     * @return the variables, unchanged
     */
    public static ConnectionVariables of(Map<String, String> variables) {
        return new ConnectionVariables(variables);
    }

    /**
     * Reads the variables of a {@code .env} file. Use {@link #over} to give the environment of this process precedence,
     * as dotenv does.
     *
     * @param file the file
     * @return the variables of the file alone
     * @throws InvalidRequestException if the file is not readable, or a line is no assignment
     */
    public static ConnectionVariables ofFile(Path file) {
        try {
            return new ConnectionVariables(
                    DotEnvFile.parse(Files.readString(file, StandardCharsets.UTF_8), file.toString()));
        } catch (IOException failure) {
            throw new InvalidRequestException(
                    Failure.of("The file " + file + " cannot be read: " + failure.getMessage())
                            .fix("check its path, its permissions, and that it is UTF-8"),
                    failure);
        }
    }

    /**
     * Combines these variables with others; these take precedence.
     *
     * <pre>{@code
     * ConnectionVariables.ofProcess().over(ConnectionVariables.ofFile(Path.of(".env")))
     * }</pre>
     *
     * @param others the variables for names that are not set here
     * @return both
     */
    public ConnectionVariables over(ConnectionVariables others) {
        Map<String, String> both = new HashMap<>(others.variables);
        both.putAll(variables);
        return new ConnectionVariables(both);
    }

    /**
     * Returns the connection that the variables describe.
     *
     * @return a connection to a project
     * @throws InvalidRequestException if a variable is missing or wrong; the message lists each
     */
    public ConnectionInfo connection() {
        return connection("");
    }

    /**
     * Returns the connection that the variables with a prefix describe. Host and port default to the variables without
     * the prefix, because projects share their cluster; name, user and password do not.
     *
     * @param prefix for example {@code ANALYTICS_}
     * @return a connection to a project
     * @throws InvalidRequestException if a variable is missing or wrong; the message lists each
     */
    public ConnectionInfo connection(String prefix) {
        List<String> wrong = new ArrayList<>();
        String host = shared(prefix, "DB_HOST").orElseGet(() -> missing(wrong, prefix, "DB_HOST"));
        int port = port(shared(prefix, "DB_PORT"), wrong, prefix);
        String database = value(prefix + "DB_NAME").orElseGet(() -> missing(wrong, prefix, "DB_NAME"));
        String user = value(prefix + "DB_USER").orElseGet(() -> missing(wrong, prefix, "DB_USER"));
        String password = value(prefix + "DB_PASSWORD").orElseGet(() -> missing(wrong, prefix, "DB_PASSWORD"));
        Optional<Secret> secret = secret(password, wrong, prefix);
        if (!wrong.isEmpty()) {
            throw new InvalidRequestException(
                    Failure.of("The environment describes no connection: " + String.join("; ", wrong))
                            .fix("set " + (wrong.size() == 1 ? "it" : "them") + " as in the guide"));
        }
        String url = JdbcUrl.of(new NodeAddress(host, port), database);
        return new ConnectionInfo(host, port, database, user, secret, url, Map.of());
    }

    private static Optional<Secret> secret(String password, List<String> wrong, String prefix) {
        if (password.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Secret.of(password));
        } catch (CitusTenancyException refused) {
            wrong.add(prefix + "DB_PASSWORD is refused: " + refused.getMessage());
            return Optional.empty();
        }
    }

    private static int port(Optional<String> text, List<String> wrong, String prefix) {
        try {
            int port = text.map(Integer::parseInt).orElse(DEFAULT_PORT);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException noNumber) {
            // Reported below, with the other problems.
        }
        wrong.add(prefix + "DB_PORT is \"" + text.orElse("") + "\", but a port is a number from 1 to 65535");
        return DEFAULT_PORT;
    }

    private static String missing(List<String> wrong, String prefix, String name) {
        wrong.add(prefix + name + " is not set");
        return "";
    }

    private Optional<String> shared(String prefix, String name) {
        return value(prefix + name).or(() -> value(name));
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(variables.get(name)).filter(text -> !text.isEmpty());
    }
}
