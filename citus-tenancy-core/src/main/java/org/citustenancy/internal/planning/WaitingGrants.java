package org.citustenancy.internal.planning;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.ObservedFunctions;
import org.citustenancy.internal.observing.ObservedPrivileges;
import org.citustenancy.users.AccessLevel;

/** Finds the grants of a request that wait until a table or a schema exists. */
public final class WaitingGrants {

    private WaitingGrants() {}

    /**
     * Returns the grants that wait.
     *
     * @param context the observed and the desired state
     * @return a line per grant
     */
    public static List<String> in(PlanningContext context) {
        ObservedPrivileges seen = context.on(context.topology().coordinator())
                .privileges()
                .orElse(new ObservedPrivileges(
                        Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Set.of(), ObservedFunctions.NONE));
        return context.desired()
                .staying()
                .flatMap(user -> Stream.concat(tables(seen, user), schemas(seen, user)))
                .toList();
    }

    private static Stream<String> tables(ObservedPrivileges seen, DesiredUser user) {
        return user.options().tables().stream()
                .filter(grant -> !seen.relations().containsKey(grant.table()))
                .map(grant -> "\"" + user.name() + "\" waits for the table " + grant.table());
    }

    private static Stream<String> schemas(ObservedPrivileges seen, DesiredUser user) {
        return user.level() == AccessLevel.READ_WRITE || user.level() == AccessLevel.READ_ONLY
                ? user.options().schemas().stream()
                        .filter(schema -> !schema.equals("public"))
                        .filter(schema -> !seen.schemas().containsKey(schema))
                        .map(schema -> "\"" + user.name() + "\" waits for the schema " + schema)
                : Stream.empty();
    }
}
