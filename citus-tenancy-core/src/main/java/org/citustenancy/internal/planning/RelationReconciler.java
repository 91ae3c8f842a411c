package org.citustenancy.internal.planning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.ObservedPrivileges;
import org.citustenancy.internal.observing.ObservedPrivileges.Held;
import org.citustenancy.internal.observing.ObservedPrivileges.Relation;
import org.citustenancy.internal.sql.PrivilegeStatements;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Node;

/**
 * Reconciles the privileges on relations: every user has on every relation, with all its shards, the privileges of the
 * access level, and no other.
 */
final class RelationReconciler implements Reconciler {

    private static final String CITUS = "citus";

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.topology().nodes().stream().flatMap(node -> context.on(node).privileges().stream()
                .flatMap(seen ->
                        context.desired().users().values().stream().flatMap(user -> steps(context, node, seen, user))));
    }

    /** Returns the steps. One step covers all relations with the same change. */
    private static Stream<PlannedStep> steps(
            PlanningContext context, Node node, ObservedPrivileges seen, DesiredUser user) {
        Map<Change, List<TableName>> changes = new TreeMap<>();
        seen.relations().forEach((name, relation) -> {
            if (!user.name().equals(relation.owner())) {
                changes(user, name, relation, seen.on(name, user.name()))
                        .forEach(change -> changes.computeIfAbsent(change, key -> new ArrayList<>())
                                .add(name));
            }
        });
        boolean citus = context.on(node).has(CITUS);
        return changes.entrySet().stream().map(change -> step(node, citus, user, change.getKey(), change.getValue()));
    }

    private static List<Change> changes(DesiredUser user, TableName name, Relation relation, List<Held> held) {
        Set<String> wanted = LevelRules.onRelation(user, name, relation);
        Set<String> anywhere = new HashSet<>();
        Set<String> everywhere = new HashSet<>(wanted);
        held.forEach(each -> {
            anywhere.addAll(each.privileges());
            everywhere.retainAll(each.privileges());
        });
        if (held.stream().mapToInt(Held::parts).sum() < relation.parts()) {
            everywhere.clear();
        }
        List<Change> changes = new ArrayList<>();
        TreeSet<String> extra = new TreeSet<>(anywhere);
        extra.removeAll(wanted);
        if (!extra.isEmpty()) {
            changes.add(new Change(false, relation.sequence(), String.join(",", extra)));
        }
        TreeSet<String> missing = new TreeSet<>(wanted);
        missing.removeAll(everywhere);
        if (!missing.isEmpty()) {
            changes.add(new Change(true, relation.sequence(), String.join(",", missing)));
        }
        return changes;
    }

    private static PlannedStep step(
            Node node, boolean citus, DesiredUser user, Change change, List<TableName> relations) {
        List<String> privileges = List.of(change.privileges().split(",", -1));
        String what = String.join(", ", privileges) + " on "
                + relations.stream().map(TableName::toString).sorted().collect(Collectors.joining(", "));
        return PlannedStep.transactional(
                        Stage.PRIVILEGES,
                        node,
                        change.grant()
                                ? PrivilegeStatements.grant(
                                        citus, privileges, change.sequences(), relations, user.name())
                                : PrivilegeStatements.revoke(
                                        citus, privileges, change.sequences(), relations, user.name()),
                        change.grant()
                                ? "give \"" + user.name() + "\" " + what
                                : "take from \"" + user.name() + "\" " + what)
                .because("\"" + user.name() + "\" " + (change.grant() ? "lacks " : "has ") + what);
    }

    /** A change of privileges. Revoking comes before granting, because it also revokes privileges on columns. */
    private record Change(boolean grant, boolean sequences, String privileges) implements Comparable<Change> {

        @Override
        public int compareTo(Change other) {
            int byKind = Boolean.compare(grant, other.grant);
            int bySequences = Boolean.compare(sequences, other.sequences);
            if (byKind != 0) {
                return byKind;
            }
            return bySequences != 0 ? bySequences : privileges.compareTo(other.privileges);
        }
    }
}
