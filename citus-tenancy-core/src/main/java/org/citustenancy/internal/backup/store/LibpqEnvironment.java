package org.citustenancy.internal.backup.store;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.citustenancy.internal.session.CoordinatorAddress;
import org.citustenancy.internal.session.Sessions;
import org.citustenancy.internal.sql.AdminSettings;
import org.citustenancy.users.Secret;

/** Builds the environment from which programs of PostgreSQL read the coordinator's address and the user. */
public final class LibpqEnvironment {

    /** The options of pgjdbc that libpq supports, too. */
    private static final Map<String, String> OPTIONS = Map.of(
            "sslmode", "PGSSLMODE",
            "sslrootcert", "PGSSLROOTCERT",
            "sslcert", "PGSSLCERT",
            "sslkey", "PGSSLKEY",
            "channelBinding", "PGCHANNELBINDING");

    /**
     * The settings of every session of a program, which override those of the database. The backup may contain triggers
     * of distributed tables, so these settings allow them.
     */
    private static final String SETTINGS = String.join(
            " ",
            AdminSettings.startupOptions(),
            "-c citus.enable_ddl_propagation=on",
            "-c citus.enable_unsafe_triggers=on");

    private LibpqEnvironment() {}

    /**
     * Returns the environment of a program that runs in a database as the admin.
     *
     * @param sessions sessions on the coordinator
     * @return variables by name, including the password
     */
    public static Map<String, String> of(Sessions sessions, String database) {
        CoordinatorAddress address = sessions.address();
        Map<String, String> variables = new HashMap<>();
        variables.put(
                "PGHOST",
                Arrays.stream(address.hosts().split(",", -1))
                        .map(host -> host.replace("[", "").replace("]", ""))
                        .collect(Collectors.joining(",")));
        variables.put("PGPORT", address.ports());
        if (address.hosts().contains(",")) {
            variables.put("PGTARGETSESSIONATTRS", "read-write");
        }
        variables.put("PGDATABASE", database);
        variables.put("PGUSER", sessions.admin());
        variables.put(
                "PGPASSWORD", sessions.adminConnection(database).password().reveal());
        variables.put("PGAPPNAME", "citus-tenancy");
        variables.put("PGCONNECT_TIMEOUT", "10");
        variables.put("PGCLIENTENCODING", "UTF8");
        variables.put("PGOPTIONS", SETTINGS);
        OPTIONS.forEach((option, variable) -> {
            String value = address.options().get(option);
            if (value != null) {
                variables.put(variable, value);
            }
        });
        return variables;
    }

    /**
     * Returns the same environment for a program that runs as another role.
     *
     * @param environment the result of {@link #of}
     * @return variables by name
     */
    public static Map<String, String> as(Map<String, String> environment, String role, Secret password) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("PGUSER", role);
        variables.put("PGPASSWORD", password.reveal());
        variables.computeIfPresent(
                "PGOPTIONS",
                (name, options) ->
                        options.replace(AdminSettings.startupOptions(), AdminSettings.startupOptionsOfUser()));
        return variables;
    }

    /**
     * Returns the same environment for a program whose sessions each open a limited number of connections to each node,
     * and keep them.
     *
     * @param environment the result of {@link #of}
     * @param perNode the limit
     * @return variables by name
     */
    public static Map<String, String> withConnections(Map<String, String> environment, int perNode) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.merge(
                "PGOPTIONS",
                " -c citus.max_adaptive_executor_pool_size=" + perNode + " -c citus.max_cached_conns_per_worker="
                        + perNode,
                String::concat);
        return variables;
    }
}
