package org.citustenancy.workers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The planned moves of shards. Citus chooses the nodes by the size of the data on each, so that a later plan differs if
 * rows were added or deleted.
 *
 * @param byProject the moves in each project, in their order; projects without moves are left out
 */
public record PlannedMoves(Map<String, List<PlannedMove>> byProject) {

    /** Copies the lists, and leaves out empty ones. */
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
     * Returns whether no shard has to move.
     *
     * @return true if there are no moves
     */
    public boolean isEmpty() {
        return byProject.isEmpty();
    }

    /**
     * Returns the size of all shards to move.
     *
     * @return the size in bytes
     */
    public long bytes() {
        return byProject.values().stream()
                .flatMap(List::stream)
                .mapToLong(PlannedMove::bytes)
                .sum();
    }

    /** Returns one line for each project, and one for each move. */
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
