package org.citustenancy.internal.provisioning;

import java.util.Optional;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.registry.ProjectState;

/** On which occasion a project is made what it should be: who may do it, and what the registry says of it. */
public enum Occasion {
    /** Somebody asked for it. */
    REQUEST(ProjectState.READY),
    /** A restore makes a new project, which it will fill. */
    RESTORE_BEGINS(ProjectState.RESTORING),
    /** A restore has filled it. */
    RESTORE_ENDS(ProjectState.READY);

    private final ProjectState after;

    Occasion(ProjectState after) {
        this.after = after;
    }

    /** Throws if somebody else must end first what was begun with the project. */
    void admit(ProjectRegistry.Entry entry) {
        String project = "The project \"" + entry.desired().name() + "\"";
        if (entry.state() == ProjectState.DROPPING) {
            throw new ConflictException(
                    Failure.of(project + " is being dropped").toDo("drop it again to finish that, then create it"));
        }
        if (entry.state() == ProjectState.RESTORING && this == REQUEST) {
            throw new ConflictException(Failure.of(project + " is being restored, or its restore has failed")
                    .done("nothing was changed")
                    .toDo("wait until it is ready, run the restore again, which starts anew, or drop the project"));
        }
    }

    ProjectState meanwhile(Optional<ProjectRegistry.Entry> entry) {
        if (this != REQUEST) {
            return ProjectState.RESTORING;
        }
        boolean isNew =
                entry.map(known -> known.state() == ProjectState.CREATING).orElse(true);
        return isNew ? ProjectState.CREATING : ProjectState.CHANGING;
    }

    ProjectState after() {
        return after;
    }
}
