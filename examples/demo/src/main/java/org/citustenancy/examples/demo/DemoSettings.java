package org.citustenancy.examples.demo;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.users.Secret;

/**
 * The settings of the demo from the environment.
 *
 * @param server the server to use, if one is given
 * @param requireCitus whether a given server without Citus is refused
 * @param directory the directory of the {@code .env} files, with a folder for each cluster
 */
record DemoSettings(Optional<GivenServer> server, boolean requireCitus, Path directory) {

    static final String HOST = "DB_HOST";
    static final String PORT = "DB_PORT";
    static final String ADMIN_USER = "DB_ADMIN_USER";
    static final String ADMIN_PASSWORD = "DB_ADMIN_PASSWORD";
    static final String REQUIRE_CITUS = "DB_REQUIRE_CITUS";
    static final String DIRECTORY = "DEMO_ENV_DIR";

    private static final String DEFAULT_DIRECTORY = "demo-env";
    private static final String DEFAULT_PORT = "5432";
    private static final String DEFAULT_ADMIN = "postgres";
    private static final int HIGHEST_PORT = 65_535;

    /**
     * A running coordinator.
     *
     * @param host its name or address
     * @param port its port
     * @param adminUser a superuser
     * @param adminPassword that superuser's password
     */
    record GivenServer(String host, int port, String adminUser, Secret adminPassword) {}

    /** Reads the settings; a blank variable counts as not set. */
    static DemoSettings from(Map<String, String> environment) {
        return new DemoSettings(
                value(environment, HOST).map(host -> server(host, environment)),
                requireCitus(value(environment, REQUIRE_CITUS).orElse("true")),
                Path.of(value(environment, DIRECTORY).orElse(DEFAULT_DIRECTORY)));
    }

    private static GivenServer server(String host, Map<String, String> environment) {
        String password = value(environment, ADMIN_PASSWORD)
                .orElseThrow(() -> new DemoFailure(HOST + " is set to \"" + host + "\", but " + ADMIN_PASSWORD
                        + " is not set. Set it to the password of a superuser there (any word will do where the server"
                        + " asks for none), or unset " + HOST + " to run against a cluster of the demo's own."));
        return new GivenServer(
                host,
                port(value(environment, PORT).orElse(DEFAULT_PORT)),
                value(environment, ADMIN_USER).orElse(DEFAULT_ADMIN),
                Secret.of(password));
    }

    private static int port(String text) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= HIGHEST_PORT) {
            return Integer.parseInt(text);
        }
        throw new DemoFailure(PORT + " is \"" + text + "\"; use a number from 1 to " + HIGHEST_PORT + ".");
    }

    private static boolean requireCitus(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new DemoFailure(REQUIRE_CITUS + " is \"" + text + "\"; use true or false.");
        };
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
