package org.citustenancy.internal.planning;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.ObservedPrivileges.Schema;
import org.citustenancy.internal.sql.PrivilegeStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.users.AccessLevel;

/**
 * Every user may look into every schema, since the views of Citus warn about those that they may not; only the owner
 * creates something there. What is in a schema is another concern.
 */
final class SchemaConcern implements Concern {

    private static final String PUBLIC = "";
    private static final String DEFAULT_SCHEMA = "public";
    private static final String OWNER_OF_THE_DATABASE = "pg_database_owner";

    @Override
    public Stream<PlannedStep> steps(Situation situation) {
        return situation.topology().nodes().stream().flatMap(node -> situation.on(node).privileges().stream()
                .flatMap(seen -> seen.schemas().entrySet().stream())
                .flatMap(schema -> Stream.concat(
                        ofEverybody(node, schema),
                        situation.desired().users().values().stream().flatMap(user -> of(node, schema, user)))));
    }

    /** Databases made under PostgreSQL 14 or earlier let everybody create in the schema public. */
    private static Stream<PlannedStep> ofEverybody(Node node, Map.Entry<String, Schema> schema) {
        return schema.getValue().of(PUBLIC).contains("CREATE")
                ? Stream.of(PlannedStep.transactional(
                        Stage.PRIVILEGES,
                        node,
                        PrivilegeStatements.revokeCreateFromPublic(schema.getKey()),
                        "let nobody but the owner create in the schema \"" + schema.getKey() + "\""))
                : Stream.empty();
    }

    private static Stream<PlannedStep> of(Node node, Map.Entry<String, Schema> entry, DesiredUser user) {
        Schema schema = entry.getValue();
        if (user.name().equals(schema.owner())) {
            return Stream.empty();
        }
        Set<String> wanted = wanted(user, entry.getKey(), schema);
        Set<String> missing = new HashSet<>(wanted);
        missing.removeAll(schema.of(user.name()));
        missing.removeAll(schema.of(PUBLIC));
        Set<String> extra = new HashSet<>(schema.of(user.name()));
        extra.removeAll(wanted);
        Stream<PlannedStep> grant = missing.isEmpty()
                ? Stream.empty()
                : Stream.of(PlannedStep.transactional(
                        Stage.PRIVILEGES,
                        node,
                        PrivilegeStatements.grantOnSchema(missing, entry.getKey(), user.name()),
                        "let \"" + user.name() + "\" into the schema \"" + entry.getKey() + "\""));
        Stream<PlannedStep> revoke = extra.isEmpty()
                ? Stream.empty()
                : Stream.of(PlannedStep.transactional(
                        Stage.PRIVILEGES,
                        node,
                        PrivilegeStatements.revokeOnSchema(extra, entry.getKey(), user.name()),
                        "take from \"" + user.name() + "\" what is too much on the schema \"" + entry.getKey() + "\""));
        return Stream.concat(revoke, grant);
    }

    private static Set<String> wanted(DesiredUser user, String name, Schema schema) {
        if (user.level() == AccessLevel.OWNER) {
            return name.equals(DEFAULT_SCHEMA) && !schema.owner().equals(OWNER_OF_THE_DATABASE)
                    ? Set.of("USAGE", "CREATE")
                    : Set.of();
        }
        return user.stays() ? Set.of("USAGE") : Set.of();
    }
}
