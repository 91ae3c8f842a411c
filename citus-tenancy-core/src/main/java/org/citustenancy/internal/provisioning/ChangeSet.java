package org.citustenancy.internal.provisioning;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.ObservedProject;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.Stage;
import org.citustenancy.topology.Node;
import org.citustenancy.users.Secret;

/**
 * A planned request: its full desired state and the steps that lead to it.
 *
 * @param desired the request combined with the earlier desired state, with all known passwords
 * @param generated the passwords that were generated for it, by user
 * @param borrowed the users whose password was found in another project; the caller does not get it
 * @param awaited other projects in transition, one of which may soon have a password that was found in no project
 * @param observed the state that the nodes report
 * @param steps the pending steps
 * @param waiting the grants that wait for a table or schema, one line each
 */
record ChangeSet(
        DesiredProject desired,
        Map<String, Secret> generated,
        Set<String> borrowed,
        Set<String> awaited,
        ObservedProject observed,
        List<PlannedStep> steps,
        List<String> waiting) {

    /**
     * Checks whether the steps change what projects share. A password that was found in another project is valid as
     * long as no rotation changes it, which needs the same lock.
     */
    boolean touchesWhatIsShared() {
        return !borrowed.isEmpty()
                || !awaited.isEmpty()
                || steps.stream().anyMatch(step -> step.stage().isGlobal());
    }

    boolean makesDatabase(Node node) {
        return steps.stream()
                .anyMatch(step -> step.stage() == Stage.DATABASES && step.node().equals(node));
    }

    /** Returns the part of the desired state that the caller gets. */
    DesiredProject handedOut() {
        return desired.withUsers(desired.users().values().stream()
                .filter(user -> borrowed.contains(user.name()))
                .map(DesiredUser::withoutPassword)
                .toList());
    }
}
