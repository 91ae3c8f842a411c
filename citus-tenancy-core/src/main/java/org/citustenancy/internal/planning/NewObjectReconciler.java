package org.citustenancy.internal.planning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.ObservedPrivileges;
import org.citustenancy.internal.observing.ObservedPrivileges.NewObjects;
import org.citustenancy.internal.sql.PrivilegeStatements;
import org.citustenancy.topology.Node;

/**
 * Reconciles the default privileges: tables, sequences and schemas that the owner creates later have the privileges of
 * the users' levels from the beginning.
 */
final class NewObjectReconciler implements Reconciler {

    private static final String DEFAULT_SCHEMA = "public";

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        Optional<String> owner = context.desired().owner().map(DesiredUser::name);
        return context.topology().nodes().stream()
                .flatMap(node -> owner.stream().flatMap(creator -> context.desired().users().values().stream()
                        .filter(user -> !user.name().equals(creator))
                        .flatMap(user -> steps(context, node, creator, user))));
    }

    private static Stream<PlannedStep> steps(PlanningContext context, Node node, String creator, DesiredUser user) {
        Optional<ObservedPrivileges> seen = context.on(node).privileges();
        Map<NewObjects, Set<String>> held =
                seen.map(ObservedPrivileges::onNewObjects).orElse(Map.of());
        Set<String> schemas =
                seen.map(privileges -> privileges.schemas().keySet()).orElse(Set.of(DEFAULT_SCHEMA));
        Set<NewObjects> all = new HashSet<>(wanted(creator, user, schemas));
        held.keySet().stream()
                .filter(objects ->
                        objects.role().equals(user.name()) && objects.creator().equals(creator))
                .forEach(all::add);
        List<NewObjects> wanted = wanted(creator, user, schemas);
        return all.stream()
                .sorted(Comparator.comparing(NewObjects::schema).thenComparing(NewObjects::kind))
                .flatMap(objects -> difference(
                        node,
                        objects,
                        wanted.contains(objects) ? LevelRules.onNew(user.level(), objects.kind()) : Set.of(),
                        held.getOrDefault(objects, Set.of())));
    }

    private static List<NewObjects> wanted(String creator, DesiredUser user, Set<String> schemas) {
        List<NewObjects> wanted = new ArrayList<>();
        wanted.add(new NewObjects(creator, "", "schemas", user.name()));
        user.options().schemas().stream().filter(schemas::contains).forEach(schema -> {
            wanted.add(new NewObjects(creator, schema, "tables", user.name()));
            wanted.add(new NewObjects(creator, schema, "sequences", user.name()));
        });
        return wanted;
    }

    private static Stream<PlannedStep> difference(Node node, NewObjects objects, Set<String> wanted, Set<String> held) {
        Set<String> missing = new HashSet<>(wanted);
        missing.removeAll(held);
        Set<String> extra = new HashSet<>(held);
        extra.removeAll(wanted);
        String which = objects.kind() + " that \"" + objects.creator() + "\" creates later"
                + (objects.schema().isEmpty() ? "" : " in \"" + objects.schema() + "\"");
        Stream<PlannedStep> grant = missing.isEmpty()
                ? Stream.empty()
                : Stream.of(PlannedStep.transactional(
                                Stage.PRIVILEGES,
                                node,
                                PrivilegeStatements.grantOnNew(
                                        objects.creator(), objects.schema(), objects.kind(), missing, objects.role()),
                                "give \"" + objects.role() + "\" the level's privileges on " + which)
                        .because("\"" + objects.role() + "\" will lack " + String.join(", ", new TreeSet<>(missing))
                                + " on " + which));
        Stream<PlannedStep> revoke = extra.isEmpty()
                ? Stream.empty()
                : Stream.of(PlannedStep.transactional(
                                Stage.PRIVILEGES,
                                node,
                                PrivilegeStatements.revokeOnNew(
                                        objects.creator(), objects.schema(), objects.kind(), extra, objects.role()),
                                "take from \"" + objects.role() + "\" what is too much on " + which)
                        .because("\"" + objects.role() + "\" will have " + String.join(", ", new TreeSet<>(extra))
                                + " on " + which));
        return Stream.concat(revoke, grant);
    }
}
