package org.citustenancy.hikari.internal.capacity;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.citustenancy.hikari.internal.sql.CapacityQueries;
import org.citustenancy.internal.shaded.jooq.DSLContext;
import org.citustenancy.internal.shaded.jooq.Record2;
import org.citustenancy.internal.shaded.jooq.Select;

/**
 * The number of connections that a server accepts.
 *
 * @param node the node
 * @param settings the settings that limit connections
 * @param databases the limits of databases that have one
 * @param roles the limits of roles that have one
 */
public record ServerCapacity(
        String node, Map<String, Integer> settings, Map<String, Integer> databases, Map<String, Integer> roles) {

    private static final String MAX = "max_connections";
    private static final String FOR_SUPERUSERS = "superuser_reserved_connections";
    private static final String RESERVED = "reserved_connections";

    /**
     * Queries the limits of a server.
     *
     * @param projects the projects to check
     * @param users the users to check
     * @return the limits
     */
    public static ServerCapacity ask(
            String node, DSLContext sql, Collection<String> projects, Collection<String> users) {
        return new ServerCapacity(
                node,
                map(sql, CapacityQueries.settings(Set.of(MAX, FOR_SUPERUSERS, RESERVED))),
                map(sql, CapacityQueries.databases(projects)),
                map(sql, CapacityQueries.roles(users)));
    }

    private static Map<String, Integer> map(DSLContext sql, Select<Record2<String, Integer>> query) {
        return sql.fetch(query).intoMap(CapacityQueries.NAME, CapacityQueries.CONNECTIONS);
    }

    /** Returns the number of connections that are available to roles that are no superusers. */
    int available() {
        return setting(MAX) - setting(FOR_SUPERUSERS) - setting(RESERVED);
    }

    /** Explains that number. */
    String explanation() {
        return MAX + " " + setting(MAX) + ", of which " + (setting(FOR_SUPERUSERS) + setting(RESERVED))
                + " are reserved";
    }

    private int setting(String name) {
        return settings.getOrDefault(name, 0);
    }
}
