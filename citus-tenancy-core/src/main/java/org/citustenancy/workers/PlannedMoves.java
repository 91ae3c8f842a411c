package org.citustenancy.workers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The shards that are to move. Citus chooses the nodes by how much lies on each, so that another time gives another plan
 * where rows came or went.
 *
 * @param byProject the moves in each project, in their order; projects in which nothing is to move are left out
 */
public record PlannedMoves(Map<String, List<PlannedMove>> byProject) {

    /** Copies the lists, and leaves out the empty ones. */
    public PlannedMoves {
        Map<String, List<PlannedMove>> copy = new LinkedHashMap<>();
        byProject.forEach((project, moves) -> {
            if (!moves.isEmpty()) {
                copy.put(project, List.copyOf(moves));
            }
        });
        byProject = Collections.unmodifiableMap(copy);
    }

    /**
     * Whether every shard lies where it is to lie.
     *
     * @return true if there is nothing to move
     */
    public boolean isEmpty() {
        return byProject.isEmpty();
    }

    /**
     * How much is to be moved.
     *
     * @return bytes
     */
    public long bytes() {
        return byProject.values().stream()
                .flatMap(List::stream)
                .mapToLong(PlannedMove::bytes)
                .sum();
    }

    /** A line for each project, and one for each move. */
    @Override
    public String toString() {
        return isEmpty()
                ? "no shard to move"
                : byProject.entrySet().stream()
                        .map(project -> "Project \"" + project.getKey() + "\": "
                                + project.getValue().size() + " moves of shards\n"
                                + project.getValue().stream()
                                        .map(move -> "  " + move)
                                        .collect(Collectors.joining("\n")))
                        .collect(Collectors.joining("\n"));
    }
}
