package org.citustenancy.internal.planning;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.names.LibraryRoles;
import org.citustenancy.internal.observing.ObservedPrivileges.Schema;
import org.citustenancy.internal.sql.PrivilegeStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.users.AccessLevel;

/**
 * Reconciles the privileges on schemas: every user has USAGE on every schema, because the views of Citus warn about
 * schemas without it. Only the owner creates objects there. Another reconciler covers the objects of a schema.
 */
final class SchemaReconciler implements Reconciler {

    private static final String PUBLIC = "";
    private static final String DEFAULT_SCHEMA = "public";

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.topology().nodes().stream().flatMap(node -> context.on(node)
                .privileges()
                .map(seen -> seen.schemas().entrySet().stream().flatMap(schema -> Stream.of(
                                ofPublic(node, schema),
                                ownership(context, node, schema),
                                context.desired().users().values().stream()
                                        .flatMap(user -> of(context, node, schema, user)))
                        .flatMap(steps -> steps)))
                .orElseGet(() -> inNewDatabase(context, node)));
    }

    /** Returns the steps for a copy of {@code template1} or of an empty template, which need no observation. */
    private static Stream<PlannedStep> inNewDatabase(PlanningContext context, Node node) {
        return context.on(node).database().isPresent()
                ? Stream.empty()
                : context.desired().owner().stream().map(owner -> PlannedStep.transactional(
                                Stage.PRIVILEGES,
                                node,
                                PrivilegeStatements.grantCreateOnPublic(owner.name()),
                                "allow \"" + owner.name() + "\" to create in the schema \"public\"")
                        .because("\"" + owner.name() + "\" lacks CREATE on the schema \"public\""));
    }

    /**
     * Returns the steps for the owner of a schema. The owner may drop it with all its objects, including the extension
     * citus.
     */
    private static Stream<PlannedStep> ownership(PlanningContext context, Node node, Map.Entry<String, Schema> schema) {
        return isPublicOfUser(context, schema)
                ? Stream.of(PlannedStep.transactional(
                                Stage.PRIVILEGES,
                                node,
                                PrivilegeStatements.changeOwner(schema.getKey(), LibraryRoles.OWNER),
                                "take the schema \"public\" from \""
                                        + schema.getValue().owner() + "\": it belongs to the " + "library's role")
                        .because("the schema \"public\" belongs to \""
                                + schema.getValue().owner() + "\""))
                : Stream.empty();
    }

    private static boolean isPublicOfUser(PlanningContext context, Map.Entry<String, Schema> schema) {
        return schema.getKey().equals(DEFAULT_SCHEMA)
                && context.desired().users().containsKey(schema.getValue().owner());
    }

    /**
     * Returns the steps for PUBLIC. In databases created under PostgreSQL 14 or earlier, every role may create objects
     * in the schema public.
     */
    private static Stream<PlannedStep> ofPublic(Node node, Map.Entry<String, Schema> schema) {
        return schema.getValue().of(PUBLIC).contains("CREATE")
                ? Stream.of(PlannedStep.transactional(
                                Stage.PRIVILEGES,
                                node,
                                PrivilegeStatements.revokeCreateFromPublic(schema.getKey()),
                                "let only the owner create in the schema \"" + schema.getKey() + "\"")
                        .because("PUBLIC has CREATE on the schema \"" + schema.getKey() + "\""))
                : Stream.empty();
    }

    private static Stream<PlannedStep> of(
            PlanningContext context, Node node, Map.Entry<String, Schema> entry, DesiredUser user) {
        Schema schema = entry.getValue();
        boolean owns = user.name().equals(schema.owner());
        if (owns && !isPublicOfUser(context, entry)) {
            return Stream.empty();
        }
        // An owner has its privileges by ownership.
        Set<String> held = owns ? Set.of() : schema.of(user.name());
        Set<String> wanted = wanted(user, entry.getKey());
        Set<String> missing = new HashSet<>(wanted);
        missing.removeAll(held);
        missing.removeAll(schema.of(PUBLIC));
        Set<String> extra = new HashSet<>(held);
        extra.removeAll(wanted);
        Stream<PlannedStep> grant = missing.isEmpty()
                ? Stream.empty()
                : Stream.of(PlannedStep.transactional(
                                Stage.PRIVILEGES,
                                node,
                                PrivilegeStatements.grantOnSchema(missing, entry.getKey(), user.name()),
                                "let \"" + user.name() + "\" into the schema \"" + entry.getKey() + "\"")
                        .because("\"" + user.name() + "\" lacks " + String.join(", ", new TreeSet<>(missing))
                                + " on the schema \"" + entry.getKey() + "\""));
        Stream<PlannedStep> revoke = extra.isEmpty()
                ? Stream.empty()
                : Stream.of(PlannedStep.transactional(
                                Stage.PRIVILEGES,
                                node,
                                PrivilegeStatements.revokeOnSchema(extra, entry.getKey(), user.name()),
                                "take from \"" + user.name() + "\" what is too much on the schema \"" + entry.getKey()
                                        + "\"")
                        .because("\"" + user.name() + "\" has " + String.join(", ", new TreeSet<>(extra))
                                + " on the schema \"" + entry.getKey() + "\""));
        return Stream.concat(revoke, grant);
    }

    private static Set<String> wanted(DesiredUser user, String name) {
        if (user.level() == AccessLevel.OWNER) {
            return name.equals(DEFAULT_SCHEMA) ? Set.of("USAGE", "CREATE") : Set.of();
        }
        return user.stays() ? Set.of("USAGE") : Set.of();
    }
}
