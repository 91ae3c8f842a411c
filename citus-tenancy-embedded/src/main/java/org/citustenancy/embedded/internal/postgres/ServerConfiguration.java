package org.citustenancy.embedded.internal.postgres;

import java.nio.file.Path;
import java.util.Map;
import org.citustenancy.embedded.internal.fleet.AccessRules;
import org.citustenancy.embedded.internal.fleet.FleetOptions;
import org.citustenancy.embedded.internal.fleet.ServerSettings;

/**
 * The configuration files of the servers of one fleet, as text.
 *
 * @param options the options
 * @param addresses the addresses on which the servers listen
 * @param citus whether Citus is loaded
 */
record ServerConfiguration(FleetOptions options, LoopbackAddresses addresses, boolean citus) {

    /** Returns the lines to append to {@code postgresql.conf}, where the last line for a setting takes precedence. */
    String settings(int port) {
        ServerSettings settings = ServerSettings.defaults()
                .with("port", Integer.toString(port))
                .with("listen_addresses", addresses.listenAddresses())
                .with("unix_socket_directories", "");
        if (citus) {
            settings = settings.withCitus().with("citus.local_hostname", addresses.nodeName());
        }
        return settings.with(options.settings()).text();
    }

    /** Returns the content of {@code pg_hba.conf}. */
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

    /** Returns the environment of a server. */
    Map<String, String> environment(Path passwordFile) {
        return options.access().nodesNeedPassword() ? Map.of("PGPASSFILE", passwordFile.toString()) : Map.of();
    }
}
