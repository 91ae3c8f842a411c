package org.citustenancy.embedded.internal.postgres;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.citustenancy.embedded.internal.fleet.AccessRules;
import org.citustenancy.embedded.internal.fleet.FleetOptions;

/**
 * The configuration files of the servers of one fleet, as text.
 *
 * @param options what was asked for
 * @param addresses where the servers listen
 * @param citus whether Citus is loaded
 */
record ServerConfiguration(FleetOptions options, LoopbackAddresses addresses, boolean citus) {

    /** What is appended to {@code postgresql.conf}; of two lines for a setting the later one counts. */
    String settings(int port) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("port", Integer.toString(port));
        settings.put("listen_addresses", addresses.listenAddresses());
        settings.put("unix_socket_directories", "");
        settings.put("logging_collector", "off");
        settings.put("log_destination", "stderr");
        settings.put("log_line_prefix", "%m [%p] %q%u@%d ");
        settings.put("lc_messages", "C");
        // Nothing here has to survive a power cut.
        settings.put("fsync", "off");
        settings.put("synchronous_commit", "off");
        settings.put("full_page_writes", "off");
        settings.put("max_connections", "300");
        // Citus keeps one daemon for every database; the default of 8 leaves the eighth without one.
        settings.put("max_worker_processes", "32");
        settings.put("max_prepared_transactions", "200");
        settings.put("wal_level", "logical");
        if (citus) {
            settings.put("shared_preload_libraries", "citus");
            settings.put("citus.node_conninfo", "sslmode=prefer");
            settings.put("citus.local_hostname", addresses.nodeName());
        }
        settings.putAll(options.settings());

        StringBuilder text = new StringBuilder("\n");
        settings.forEach((name, value) ->
                text.append(name).append(" = '").append(escaped(value)).append("'\n"));
        return text.toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n");
    }

    /** The content of {@code pg_hba.conf}. */
    String accessRules() {
        AccessRules access = options.access();
        return access.differ()
                ? rule("127.0.0.1/32", access.clients()) + rule("::1/128", access.nodes())
                : rule("127.0.0.1/32", access.clients());
    }

    private static String rule(String address, String method) {
        // "all" databases do not include replication.
        return "host all all " + address + " " + method + "\nhost replication all " + address + " " + method + "\n";
    }

    /** The content of a libpq password file with which nodes reach each other as the admin, and as nobody else. */
    String passwords() {
        return "*:*:*:" + FleetOptions.ADMIN_USER + ":" + options.adminPassword() + "\n";
    }

    /** The environment of a server. */
    Map<String, String> environment(Path passwordFile) {
        return options.access().nodesNeedPassword() ? Map.of("PGPASSFILE", passwordFile.toString()) : Map.of();
    }
}
