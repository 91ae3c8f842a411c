package org.citustenancy.internal.planning;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.ObservedFunctions;
import org.citustenancy.internal.observing.ObservedPrivileges;
import org.citustenancy.internal.sql.FunctionAccess;
import org.citustenancy.internal.sql.FunctionAccess.Kind;
import org.citustenancy.topology.Node;
import org.citustenancy.users.AccessLevel;

/**
 * Reconciles the privileges on functions by which a user could change the metadata of Citus, fill the database with
 * large objects or connect to other hosts. PUBLIC may not execute them. A user that needs them has them by a grant in
 * this project's database: a role may own one project and only read another, so that a group role, whose members are
 * the same in all databases, would give too much.
 */
final class FunctionReconciler implements Reconciler {

    private static final String FROM_PUBLIC = "take from PUBLIC the functions that only users with a grant may call";

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.topology().nodes().stream().flatMap(node -> steps(context, node));
    }

    /** Returns the step for a database that no role uses yet. Copies begin with its result. */
    static PlannedStep fromPublic(Node node) {
        return step(node, Map.of(), FROM_PUBLIC);
    }

    /**
     * Returns the steps for one node. Without an observation, every function counts as open to PUBLIC. The statement
     * changes all differences.
     */
    private static Stream<PlannedStep> steps(PlanningContext context, Node node) {
        Optional<ObservedPrivileges> seen = context.on(node).privileges();
        Map<Kind, Set<String>> wanted = wanted(context, seen);
        String description = seen.map(ObservedPrivileges::functions)
                .map(functions -> description(functions, wanted))
                .orElse(FROM_PUBLIC + ", and give it to those who need it");
        String fault = seen.map(ObservedPrivileges::functions)
                .map(functions -> fault(functions, wanted))
                .orElse("PUBLIC may call functions that only users with a grant may call");
        return description.isEmpty()
                ? Stream.empty()
                : Stream.of(step(node, wanted, description).because(fault));
    }

    private static PlannedStep step(Node node, Map<Kind, Set<String>> wanted, String description) {
        return PlannedStep.transactional(Stage.PRIVILEGES, node, FunctionAccess.restrict(wanted), description);
    }

    private static Map<Kind, Set<String>> wanted(PlanningContext context, Optional<ObservedPrivileges> seen) {
        Map<Kind, Set<String>> wanted = new EnumMap<>(Kind.class);
        wanted.put(Kind.CONNECTION, Set.of());
        wanted.put(
                Kind.LARGE_OBJECTS,
                names(context, user -> user.level() == AccessLevel.OWNER || user.level() == AccessLevel.READ_WRITE));
        // The owner of a table changes and drops it, and the nodes run that as this user.
        Set<String> owners = seen.stream()
                .flatMap(privileges -> privileges.relations().values().stream())
                .map(ObservedPrivileges.Relation::owner)
                .collect(Collectors.toSet());
        wanted.put(
                Kind.METADATA,
                names(context, user -> user.level() == AccessLevel.OWNER || owners.contains(user.name())));
        return wanted;
    }

    private static Set<String> names(PlanningContext context, Predicate<DesiredUser> which) {
        return context.desired().staying().filter(which).map(DesiredUser::name).collect(Collectors.toSet());
    }

    private static String description(ObservedFunctions functions, Map<Kind, Set<String>> wanted) {
        return differences(
                functions,
                wanted,
                (role, kinds) -> "take from " + role + " " + kinds,
                (role, kinds) -> "give " + role + " " + kinds);
    }

    private static String fault(ObservedFunctions functions, Map<Kind, Set<String>> wanted) {
        return differences(
                functions,
                wanted,
                (role, kinds) -> role + " may call " + kinds,
                (role, kinds) -> role + " may not call " + kinds);
    }

    private static String differences(
            ObservedFunctions functions,
            Map<Kind, Set<String>> wanted,
            BinaryOperator<String> tooMany,
            BinaryOperator<String> missing) {
        Map<String, Set<String>> taken = new TreeMap<>();
        Map<String, Set<String>> given = new TreeMap<>();
        wanted.forEach((kind, roles) -> {
            functions.tooMany(kind, roles).forEach(role -> add(taken, role, kind));
            functions.missing(kind, roles).forEach(role -> add(given, role, kind));
        });
        List<String> parts = new ArrayList<>();
        taken.forEach((role, kinds) -> parts.add(tooMany.apply(name(role), String.join(", ", kinds))));
        given.forEach((role, kinds) -> parts.add(missing.apply(name(role), String.join(", ", kinds))));
        return String.join("; ", parts);
    }

    private static void add(Map<String, Set<String>> kinds, String role, Kind kind) {
        kinds.computeIfAbsent(role, key -> new TreeSet<>()).add(kind.words());
    }

    private static String name(String role) {
        return role.equals(ObservedFunctions.PUBLIC) ? "PUBLIC" : "\"" + role + "\"";
    }
}
