package org.citustenancy.internal.verifying;

import java.util.List;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.registry.ProjectState;

/** Finds projects with an unfinished operation, and the call that finishes it. */
public final class StateFindings {

    private static final String REGISTRY = "registry";

    private StateFindings() {}

    /**
     * Evaluates the state of a project.
     *
     * @param underWay whether a process works on the project now
     * @return a finding unless it is ready or a template
     */
    public static List<Finding> of(ProjectState state, boolean underWay) {
        if (state == ProjectState.READY || state == ProjectState.SEALED) {
            return List.of();
        }
        return List.of(
                underWay
                        ? new Finding(
                                Severity.NOTICE,
                                REGISTRY,
                                "the project is " + state.word() + ": another process works on it now",
                                "verify it again when that process has ended")
                        : new Finding(
                                Severity.SEVERE,
                                REGISTRY,
                                "the project is " + state.word() + ", and no process works on it: " + fault(state),
                                action(state)));
    }

    private static String fault(ProjectState state) {
        return switch (state) {
            case CREATING -> "it was not created on every node, or was not adopted to the end";
            case RESTORING -> "a restore, or a copy from elsewhere, did not end, so that it is not whole";
            case CLONING -> "a copy did not end, so that it is not whole";
            case PREPARING -> "it was to become a template, and was not sealed";
            case DROPPING -> "a drop did not end, and nodes may still have its database and its roles";
            default -> "a change did not end";
        };
    }

    private static String action(ProjectState state) {
        return switch (state) {
            case CREATING, CHANGING -> "run the same request again, or call repair()";
            case RESTORING -> "run the same restore or copy again, which begins from the start, or drop() the project";
            case CLONING -> "run cloneTo again, which begins from the start, or drop() the project";
            case PREPARING -> "call template(...) again, which begins from the start, or drop() the project";
            default -> "call drop() again, which resumes where it stopped";
        };
    }
}
