package org.citustenancy.internal.planning;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.citustenancy.topology.Node;
import org.jooq.Query;

/**
 * A step that can be run.
 *
 * @param stage when
 * @param node where
 * @param work what
 * @param description the same in one line of plain words
 * @param onlyIfBlocked the user without whose being blocked, when the stage begins, the step is not needed
 */
public record PlannedStep(Stage stage, Node node, Work work, String description, Optional<String> onlyIfBlocked) {

    static PlannedStep transactional(Stage stage, Node node, Query query, String description) {
        return new PlannedStep(stage, node, new Work.Transactional(query), description, Optional.empty());
    }

    static PlannedStep standalone(Stage stage, Node node, Query query, String description) {
        return new PlannedStep(stage, node, new Work.Standalone(query), description, Optional.empty());
    }

    static PlannedStep confidential(Stage stage, Node node, Query query, Query shown, String description) {
        return new PlannedStep(stage, node, new Work.Confidential(query, shown), description, Optional.empty());
    }

    static PlannedStep referenceCopies(Stage stage, Node node, Query shown, boolean onlyCheck, String description) {
        return new PlannedStep(stage, node, new Work.ReferenceCopies(shown, onlyCheck), description, Optional.empty());
    }

    static List<PlannedStep> inOrder(Collection<PlannedStep> steps) {
        return steps.stream().sorted(Comparator.comparing(PlannedStep::stage)).toList();
    }

    PlannedStep onlyIfBlocked(String user) {
        return new PlannedStep(stage, node, work, description, Optional.of(user));
    }
}
