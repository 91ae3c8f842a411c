package org.citustenancy.internal.planning;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.ObservedPrivileges;
import org.citustenancy.internal.observing.ObservedPrivileges.Held;
import org.citustenancy.internal.observing.ObservedPrivileges.Relation;
import org.citustenancy.internal.sql.PrivilegeStatements;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Node;

/**
 * Reconciles the privileges of a table user on single columns: the user has the requested ones on every shard, and no
 * other.
 */
final class ColumnReconciler implements Reconciler {

    private static final String CITUS = "citus";

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.topology().nodes().stream().flatMap(node -> context.on(node).privileges().stream()
                .flatMap(seen -> context.desired().users().values().stream()
                        .flatMap(user -> seen.relations().entrySet().stream()
                                .filter(relation -> !relation.getValue().owner().equals(user.name()))
                                .flatMap(relation -> steps(context, node, seen, user, relation)))));
    }

    private static Stream<PlannedStep> steps(
            PlanningContext context,
            Node node,
            ObservedPrivileges seen,
            DesiredUser user,
            Map.Entry<TableName, Relation> relation) {
        TableName name = relation.getKey();
        Map<String, Set<String>> wanted = LevelRules.onColumns(user, name);
        refuseUnknown(context, seen, name, wanted.keySet());
        Map<String, List<Held>> held = seen.onColumns(name, user.name());
        Map<String, Set<String>> missing = new TreeMap<>();
        Map<String, Set<String>> extra = new TreeMap<>();
        Set<String> columns = new TreeSet<>(wanted.keySet());
        columns.addAll(held.keySet());
        for (String column : columns) {
            compare(
                    column,
                    wanted.getOrDefault(column, Set.of()),
                    held.getOrDefault(column, List.of()),
                    relation.getValue().parts(),
                    missing,
                    extra);
        }
        boolean citus = context.on(node).has(CITUS);
        return Stream.concat(
                step(extra, () -> PlannedStep.transactional(
                                Stage.PRIVILEGES,
                                node,
                                PrivilegeStatements.revokeColumns(citus, extra, name, user.name()),
                                "take from \"" + user.name() + "\" what is too much on columns of " + name)
                        .because("\"" + user.name() + "\" has on columns of " + name
                                + " what the level does not contain: " + inWords(extra))),
                step(missing, () -> PlannedStep.transactional(
                                Stage.PRIVILEGES,
                                node,
                                PrivilegeStatements.grantColumns(citus, missing, name, user.name()),
                                "give \"" + user.name() + "\" the chosen columns of " + name)
                        .because("\"" + user.name() + "\" lacks on columns of " + name + ": " + inWords(missing))));
    }

    private static String inWords(Map<String, Set<String>> columns) {
        return columns.entrySet().stream()
                .map(privilege -> privilege.getKey() + " (" + String.join(", ", privilege.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    private static Stream<PlannedStep> step(Map<String, Set<String>> difference, Supplier<PlannedStep> step) {
        return difference.isEmpty() ? Stream.empty() : Stream.of(step.get());
    }

    /** Collects differences by privilege, in the form that GRANT needs. */
    private static void compare(
            String column,
            Set<String> wanted,
            List<Held> held,
            int parts,
            Map<String, Set<String>> missing,
            Map<String, Set<String>> extra) {
        Set<String> anywhere = new HashSet<>();
        Set<String> everywhere = new HashSet<>(wanted);
        held.forEach(each -> {
            anywhere.addAll(each.privileges());
            everywhere.retainAll(each.privileges());
        });
        if (held.stream().mapToInt(Held::parts).sum() < parts) {
            everywhere.clear();
        }
        wanted.stream()
                .filter(privilege -> !everywhere.contains(privilege))
                .forEach(privilege -> missing.computeIfAbsent(privilege, key -> new TreeSet<>())
                        .add(column));
        anywhere.stream().filter(privilege -> !wanted.contains(privilege)).forEach(privilege -> extra.computeIfAbsent(
                        privilege, key -> new TreeSet<>())
                .add(column));
    }

    private static void refuseUnknown(
            PlanningContext context, ObservedPrivileges seen, TableName name, Set<String> wanted) {
        Set<String> known = Optional.ofNullable(seen.columns().get(name)).orElse(Set.of());
        wanted.stream()
                .filter(column -> !known.isEmpty() && !known.contains(column))
                .findFirst()
                .ifPresent(column -> {
                    throw new NotFoundException(Failure.of("The table " + name + " has no column \"" + column + "\"")
                            .where(Place.unknown().in(context.database()))
                            .state("nothing was changed")
                            .fix("name one of: " + String.join(", ", new TreeSet<>(known))));
                });
    }
}
