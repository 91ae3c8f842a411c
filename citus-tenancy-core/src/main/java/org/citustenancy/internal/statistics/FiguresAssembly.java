package org.citustenancy.internal.statistics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.ProjectFigures;
import org.citustenancy.statistics.ProjectOnNode;
import org.citustenancy.statistics.UnansweredNode;
import org.citustenancy.topology.Node;

/** Combines the figures of the nodes to figures of each project. */
final class FiguresAssembly {

    private final Map<Node, SharedFigures> nodes = new LinkedHashMap<>();
    private final List<UnansweredNode> unanswered;

    FiguresAssembly(SurveyAnswers<SharedFigures> survey) {
        nodes.putAll(survey.answers());
        this.unanswered = survey.unanswered();
    }

    ClusterFigures cluster(Instant at, List<RegisteredProject> registered, Set<String> leftOut) {
        Map<String, ProjectState> states = new LinkedHashMap<>();
        registered.forEach(project -> states.put(project.name(), project.state()));
        Set<String> names = new LinkedHashSet<>(states.keySet());
        nodes.values().forEach(node -> names.addAll(node.owners().keySet()));
        names.removeAll(leftOut);
        List<ProjectFigures> managed = new ArrayList<>();
        List<ProjectFigures> others = new ArrayList<>();
        for (String name : names) {
            Optional<ProjectState> state = Optional.ofNullable(states.get(name));
            if (!state.equals(Optional.of(ProjectState.DROPPING))) {
                project(name, state).ifPresent((state.isPresent() ? managed : others)::add);
            }
        }
        return new ClusterFigures(
                at,
                nodes.entrySet().stream()
                        .map(node -> node.getValue().of(node.getKey()))
                        .toList(),
                unanswered,
                managed,
                others);
    }

    /** Returns the figures of a project, absent if no node has a database of that name. */
    Optional<ProjectFigures> project(String name, Optional<ProjectState> state) {
        List<ProjectOnNode> parts = new ArrayList<>();
        List<UnansweredNode> missing = new ArrayList<>(unanswered);
        String owner = "";
        for (Map.Entry<Node, SharedFigures> node : nodes.entrySet()) {
            Optional<ProjectOnNode> part = node.getValue().database(node.getKey(), name);
            part.ifPresentOrElse(
                    parts::add,
                    () -> missing.add(new UnansweredNode(node.getKey(), "it has no database of this name")));
            owner = owner.isEmpty() ? node.getValue().owners().getOrDefault(name, "") : owner;
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ProjectFigures(name, owner, state, parts, missing, Optional.empty(), Optional.empty()));
    }
}
