package org.citustenancy.internal.provisioning;

import java.util.Optional;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.registry.ProjectState;

/**
 * The kind of operation that reconciles a project. It determines which registered states the operation accepts and
 * which state it sets.
 */
public enum ProvisioningMode {
    /** A request of the caller. */
    REQUEST(Optional.empty(), ProjectState.READY),
    /** A repair by the caller, or after a change of the contents: observes every node completely. */
    REPAIR(Optional.empty(), ProjectState.READY),
    /** A repair with consent to the loss of rows that no node has any more. */
    REPAIR_WITH_LOSS(Optional.empty(), ProjectState.READY),
    /** A restore creates a new project, which it fills later. */
    RESTORE_BEGINS(Optional.of(ProjectState.RESTORING), ProjectState.RESTORING),
    /** A restore has filled the project. */
    RESTORE_ENDS(Optional.of(ProjectState.RESTORING), ProjectState.READY),
    /** A clone creates a new project as a copy of another. */
    CLONE(Optional.of(ProjectState.CLONING), ProjectState.READY),
    /** The creation of a template, from which other projects are copied. */
    TEMPLATE(Optional.of(ProjectState.PREPARING), ProjectState.PREPARING);

    private final Optional<ProjectState> filling;
    private final ProjectState after;

    ProvisioningMode(Optional<ProjectState> filling, ProjectState after) {
        this.filling = filling;
        this.after = after;
    }

    /** Throws if another operation on the project must finish first. */
    void admit(ProjectRegistry.Entry entry) {
        String project = "The project \"" + entry.desired().name() + "\"";
        if (entry.state() == ProjectState.DROPPING) {
            throw new ConflictException(
                    Failure.of(project + " is being dropped").fix("drop it again to finish that, then create it"));
        }
        if (entry.state() == ProjectState.SEALED) {
            throw new ConflictException(Failure.of(project + " is a template, which cannot be changed")
                    .state("nothing was changed")
                    .fix("make another project from it, or drop it"));
        }
        if (filling.isPresent() && entry.state() != filling.get()) {
            throw new ConflictException(Failure.of("There is a project \""
                            + entry.desired().name() + "\" already, which another request has made")
                    .state("nothing was changed")
                    .fix("choose another name, or drop it first"));
        }
        if (entry.state().isFilling() && filling.isEmpty()) {
            throw new ConflictException(
                    Failure.of(project + " is " + entry.state().word() + ": an operation is filling it, or has failed")
                            .state("nothing was changed")
                            .fix("wait until it is ready, run the same again, which starts over, or drop the project"));
        }
    }

    /** Throws if this mode accepts only an existing project. */
    void admitNew(String project) {
        if (isRepair()) {
            throw new NotFoundException(Failure.of("No project \"" + project + "\" is managed here any more")
                    .state("nothing was changed")
                    .fix("create it again if it is needed"));
        }
    }

    ProjectState meanwhile(Optional<ProjectRegistry.Entry> entry) {
        if (filling.isPresent()) {
            return filling.get();
        }
        boolean isNew =
                entry.map(known -> known.state() == ProjectState.CREATING).orElse(true);
        return isNew ? ProjectState.CREATING : ProjectState.CHANGING;
    }

    ProjectState after() {
        return after;
    }

    /** Checks whether this mode reconciles only an existing project. */
    boolean isRepair() {
        return this == REPAIR || this == REPAIR_WITH_LOSS;
    }

    /**
     * Checks whether a node may get an empty database when rows are lost with the former one. A project that is being
     * filled had none yet.
     */
    boolean acceptsLoss() {
        return this == REPAIR_WITH_LOSS || filling.isPresent();
    }

    /**
     * Checks whether a project is left unchanged if its fingerprint is the same as at its last complete observation.
     */
    boolean trustsFingerprint() {
        return this == REQUEST;
    }
}
